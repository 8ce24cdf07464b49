import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit/html.js";

/** The way back to what was said last; nothing for a reader who is there. */
export function renderJump(
	isAtLatest: boolean,
	unseen: number,
	jump: () => void,
): TemplateResult | typeof nothing {
	return isAtLatest ? nothing : jumpButton("down", labelOf(unseen), jump);
}

/** A button that floats over the log and leads up or down in it. */
export function jumpButton(way: "up" | "down", label: string, jump: () => void): TemplateResult {
	return html`<button class="jump" type="button" title=${label} @click=${jump}>
		<span class="codicon codicon-arrow-${way}" aria-hidden="true"></span>
		${label}
	</button>`;
}

function labelOf(unseen: number): string {
	switch (unseen) {
		case 0:
			return l10n.t("Jump to latest");
		case 1:
			return l10n.t("1 new message");
		default:
			return l10n.t("{0} new messages", unseen);
	}
}
