import * as l10n from "@vscode/l10n";
import { html, nothing, render } from "lit/html.js";
import { copyText } from "../ui/copyText";
import type { Post } from "../model/host";
import { foldedText, hasMoreLines, isPiled } from "./fold";
import { announceUnfold, appendProgressively } from "./progressiveText";

/** The longest block that is not folded. */
const MAX_OPEN_LINES = 200;
const MAX_OPEN_LENGTH = 16_000;
/** The longest line that is never broken. */
const LINE_LENGTH = 8_000;
const COPIED_MS = 2000;

interface Code {
	readonly language: string;
	readonly text: string;
	readonly post: Post;
}

/** Shows code below a bar with its language and a copy button. A custom element, to keep its fold. */
class CodeBlock extends HTMLElement {
	#code: Code = { language: "", text: "", post: () => undefined };
	#isLong = false;
	/** The element with the whole text, once it was unfolded. */
	#whole: HTMLElement | undefined;
	#stop: () => void = () => undefined;
	#isCopied = false;

	set code(code: Code) {
		if (code.text !== this.#code.text || code.language !== this.#code.language) {
			this.#code = code;
			this.#isLong = isLong(code.text);
			this.#stop();
			this.#whole = undefined;
			this.#draw();
		}
	}

	#draw(): void {
		const { text } = this.#code;
		const isFolded = this.#isLong && this.#whole === undefined;
		const language = this.#code.language === "" ? l10n.t("text") : this.#code.language;
		render(
			html`<div class="code-bar">
					<span class="code-language" title=${language}>${language}</span>
					<span class="code-copied" role="status"
						>${this.#isCopied ? l10n.t("Copied") : nothing}</span
					>
					<button
						class="ui-icon ui-flat"
						type="button"
						aria-label=${l10n.t("Copy Code")}
						title=${l10n.t("Copy Code")}
						@click=${this.#copy}
					>
						<span
							class="codicon codicon-${this.#isCopied ? "check" : "copy"}"
							aria-hidden="true"
						></span>
					</button>
				</div>
				<pre
					tabindex="0"
					role="group"
					aria-label=${l10n.t("Code, {0}", language)}
				><code>${isFolded ? foldedText(text) : (this.#whole ?? text)}</code></pre>
				${
					isFolded
						? html`<button class="ui-link code-unfold" type="button" @click=${this.#unfold}>
								${unfoldLabel(text)}
							</button>`
						: nothing
				}`,
			this,
		);
	}

	readonly #unfold = (): void => {
		announceUnfold(this);
		this.#whole = document.createElement("span");
		this.#draw();
		this.#stop = appendProgressively(this.#whole, this.#code.text, LINE_LENGTH);
		this.querySelector("pre")?.focus({ preventScroll: true });
	};

	readonly #copy = (): void => {
		const { text, post } = this.#code;
		copyText(text, post).then(
			() => this.#showCopied(true),
			() => undefined,
		);
	};

	#showCopied(isCopied: boolean): void {
		this.#isCopied = isCopied;
		this.#draw();
		if (isCopied) {
			setTimeout(() => this.#showCopied(false), COPIED_MS);
		}
	}
}

function isLong(text: string): boolean {
	return text.length > MAX_OPEN_LENGTH || hasMoreLines(text, MAX_OPEN_LINES) || isPiled(text);
}

function unfoldLabel(text: string): string {
	const count = text.split("\n").length;
	return count === 1 ? l10n.t("Show all") : l10n.t("Show all {0} lines", count);
}

/** Defines `<chat-code>`. Repeating it is harmless. */
export function registerCodeBlock(): void {
	if (customElements.get("chat-code") === undefined) {
		customElements.define("chat-code", CodeBlock);
	}
}
