import * as l10n from "@vscode/l10n";
import { html, nothing, render } from "lit/html.js";
import { MAX_WISH_LENGTH } from "../../shared/protocol";
import type { Post } from "../host";

/** A block of more lines than this is folded … */
const MAX_OPEN_LINES = 200;
/** … to its first lines. */
const FOLDED_LINES = 20;
const COPIED_MS = 2000;

interface Code {
	readonly language: string;
	readonly text: string;
	readonly post: Post;
}

/** Code with a bar: its language, and a button that copies it. An element, to remember its fold. */
class CodeBlock extends HTMLElement {
	#code: Code = { language: "", text: "", post: () => undefined };
	#lines: readonly string[] = [];
	#isUnfolded = false;
	#isCopied = false;

	set code(code: Code) {
		if (code.text !== this.#code.text || code.language !== this.#code.language) {
			this.#code = code;
			this.#lines = code.text.split("\n");
			this.#draw();
		}
	}

	#draw(): void {
		const count = this.#lines.length;
		const isFolded = count > MAX_OPEN_LINES && !this.#isUnfolded;
		const shown = isFolded ? this.#lines.slice(0, FOLDED_LINES).join("\n") : this.#code.text;
		const language = this.#code.language === "" ? l10n.t("text") : this.#code.language;
		render(
			html`<div class="bar">
					<span class="language" title=${language}>${language}</span>
					<span class="copied" role="status">${this.#isCopied ? l10n.t("Copied") : nothing}</span>
					<button
						class="icon"
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
					role="region"
					aria-label=${l10n.t("Code, {0}", language)}
				><code>${shown}</code></pre>
				${
					isFolded
						? html`<button class="link unfold" type="button" @click=${this.#unfold}>
								${l10n.t("Show all {0} lines", count)}
							</button>`
						: nothing
				}`,
			this,
		);
	}

	readonly #unfold = (): void => {
		this.#isUnfolded = true;
		this.#draw();
		this.querySelector("pre")?.focus();
	};

	readonly #copy = (): void => {
		const { text, post } = this.#code;
		if (text.length < MAX_WISH_LENGTH) {
			post({ type: "copy", text });
			this.#showCopied(true);
		} else {
			// Longer than the host takes in one message.
			navigator.clipboard.writeText(text).then(
				() => this.#showCopied(true),
				() => undefined,
			);
		}
	};

	#showCopied(isCopied: boolean): void {
		this.#isCopied = isCopied;
		this.#draw();
		if (isCopied) {
			setTimeout(() => this.#showCopied(false), COPIED_MS);
		}
	}
}

/** Makes `<chat-code>` known; doing it again is harmless. */
export function registerCodeBlock(): void {
	if (customElements.get("chat-code") === undefined) {
		customElements.define("chat-code", CodeBlock);
	}
}
