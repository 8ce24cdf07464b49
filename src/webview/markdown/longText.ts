import * as l10n from "@vscode/l10n";
import { html, render } from "lit/html.js";
import { foldedText, isMarkable } from "./fold";
import { announceUnfold, appendProgressively } from "./progressiveText";
import { parse } from "./parse";
import { renderNodes, type ReaderContext } from "./render";

interface Long {
	readonly text: string;
	readonly reader: ReaderContext;
}

/** Shows the beginning of a long message and a button. A custom element, to keep its fold. */
class LongText extends HTMLElement {
	#long: Long = {
		text: "",
		reader: { post: () => undefined, ownName: undefined },
	};
	#stop: () => void = () => undefined;

	set long(long: Long) {
		if (long.text !== this.#long.text) {
			this.#long = long;
			this.#fold();
		}
	}

	#fold(): void {
		this.#stop();
		const { text, reader } = this.#long;
		render(
			html`${renderNodes(parse(foldedText(text)), reader)}
				<p class="markdown-rest">
					<span aria-hidden="true">…</span>
					<button class="ui-link markdown-unfold" type="button" @click=${this.#unfold}>
						${l10n.t("Show all")}
					</button>
				</p>`,
			this,
		);
	}

	readonly #unfold = (): void => {
		const { text, reader } = this.#long;
		announceUnfold(this);
		if (isMarkable(text)) {
			render(html`${renderNodes(parse(text), reader)}`, this);
		} else {
			const whole = document.createElement("div");
			whole.className = "markdown-whole";
			render(html`${whole}`, this);
			this.#stop = appendProgressively(whole, text);
		}
		// The button is gone, so the text takes the focus.
		this.tabIndex = -1;
		this.focus({ preventScroll: true });
	};
}

/** Defines `<chat-long>`. Repeating it is harmless. */
export function registerLongText(): void {
	if (customElements.get("chat-long") === undefined) {
		customElements.define("chat-long", LongText);
	}
}
