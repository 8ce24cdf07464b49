import * as l10n from "@vscode/l10n";
import { html, type TemplateResult } from "lit/html.js";

/** The most common reactions; they fit into the narrowest panel. */
const COMMON = ["👍", "❤️", "😂", "🎉", "😮", "😢", "👀", "✅"];
/** The longest emoji that a request may hold. */
const MAX_LENGTH = 64;
const PICTURE = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u;

/** Returns true if a text is exactly one emoji. */
function isEmoji(text: string): boolean {
	if (text.length > MAX_LENGTH || !PICTURE.test(text)) {
		return false;
	}
	const characters = [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text)];
	return characters.length === 1;
}

/** Renders common emoji and a field for any other. `own` are the reader's present reactions. */
export function renderPicker(
	own: ReadonlySet<string>,
	choose: (emoji: string) => void,
): TemplateResult {
	const onInput = ({ currentTarget }: Event): void =>
		(currentTarget as HTMLInputElement).removeAttribute("aria-invalid");
	const onKeydown = (event: KeyboardEvent): void => {
		const field = event.currentTarget as HTMLInputElement;
		const text = field.value.trim();
		if (event.key !== "Enter" || event.isComposing) {
			return;
		}
		event.preventDefault();
		if (isEmoji(text)) {
			choose(text);
		} else {
			field.setAttribute("aria-invalid", "true");
			field.select();
		}
	};
	return html`<div
			class="emoji-row"
			role="group"
			aria-label=${l10n.t("Emoji")}
			@keydown=${moveInRow}
		>
			${COMMON.map(
				(emoji, index) =>
					html`<button
						type="button"
						tabindex=${index === 0 ? 0 : -1}
						data-item
						aria-label=${emoji}
						aria-pressed=${own.has(emoji)}
						@click=${() => choose(emoji)}
					>
						${emoji}
					</button>`,
			)}
		</div>
		<input
			class="emoji-input"
			type="text"
			aria-label=${l10n.t("Any emoji")}
			placeholder=${l10n.t("Any emoji…")}
			title=${l10n.t("Any emoji, then Enter")}
			maxlength=${MAX_LENGTH}
			autocomplete="off"
			spellcheck="false"
			@input=${onInput}
			@keydown=${onKeydown}
		/>`;
}

/** Moves the focus along a row of buttons with the left and right arrow keys. */
export function moveInRow(event: KeyboardEvent): void {
	const row = event.currentTarget as HTMLElement;
	const buttons = [...row.querySelectorAll("button")];
	const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
	const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
	if (step !== 0 && at !== -1) {
		event.preventDefault();
		event.stopPropagation();
		buttons[(at + step + buttons.length) % buttons.length]?.focus();
	}
}
