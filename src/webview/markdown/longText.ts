import * as l10n from "@vscode/l10n";
import { html, render } from "lit/html.js";
import { roomBeginningOf, isMarkable } from "./fold";
import { announceUnfold, grow } from "./grow";
import { parse } from "./parse";
import { renderNodes, type Reading } from "./render";

interface Long {
	readonly text: string;
	readonly reading: Reading;
}

/** A message too long to be shown at once: its beginning, and a button. An element, to remember that. */
class LongText extends HTMLElement {
	#long: Long = {
		text: "",
		reading: { post: () => undefined, ownName: undefined },
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
		const { text, reading } = this.#long;
		render(
			html`${renderNodes(parse(roomBeginningOf(text)), reading)}
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
		const { text, reading } = this.#long;
		announceUnfold(this);
		if (isMarkable(text)) {
			render(html`${renderNodes(parse(text), reading)}`, this);
		} else {
			const whole = document.createElement("div");
			whole.className = "markdown-whole";
			render(html`${whole}`, this);
			this.#stop = grow(whole, text);
		}
		// The button is gone; whoever pressed it goes on reading here.
		this.tabIndex = -1;
		this.focus({ preventScroll: true });
	};
}

/** Makes `<chat-long>` known; doing it again is harmless. */
export function registerLongText(): void {
	if (customElements.get("chat-long") === undefined) {
		customElements.define("chat-long", LongText);
	}
}
