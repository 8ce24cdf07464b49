import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit/html.js";
import { newMessages } from "../ui/counts";

/** Renders the button to the latest message; nothing for a reader who is there. */
export function renderJump(
	isAtLatest: boolean,
	unseen: number,
	jump: () => void,
): TemplateResult | typeof nothing {
	return isAtLatest ? nothing : jumpButton("down", labelOf(unseen), jump);
}

/** Renders a button that floats over the log and leads up or down. */
export function jumpButton(
	direction: "up" | "down",
	label: string,
	jump: () => void,
): TemplateResult {
	return html`<button class="log-jump" type="button" title=${label} @click=${jump}>
		<span class="codicon codicon-arrow-${direction}" aria-hidden="true"></span>
		${label}
	</button>`;
}

function labelOf(unseen: number): string {
	return unseen === 0 ? l10n.t("Jump to latest") : newMessages(unseen);
}
