import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit/html.js";
import { scalarLength } from "../../shared/text";

/** The counter appears when fewer characters than this are left. */
const COUNTER_FROM = 200;

/** A sentence about what was typed. */
export interface ComposerNotice {
	readonly role: "status" | "alert";
	readonly sentence: string;
}

export interface FootView {
	readonly text: string;
	readonly maxLength: number;
	readonly refusal: string;
	readonly isEdit: boolean;
	readonly isHeld: boolean;
}

export function renderNotice(said: ComposerNotice | undefined): TemplateResult | typeof nothing {
	return said === undefined
		? nothing
		: html`<p class="said ${said.role}" role=${said.role}>
				<span
					class="codicon codicon-${said.role === "alert" ? "error" : "info"}"
					aria-hidden="true"
				></span>
				<span>${said.sentence}</span>
			</p>`;
}

/** The row below the text: a hint, how much room is left, the button; or why nothing can be written. */
export function renderFoot(view: FootView, send: () => void): TemplateResult {
	const { text, maxLength, refusal, isEdit, isHeld } = view;
	if (refusal !== "") {
		return html`<p class="refusal" role="status">
			<span class="codicon codicon-circle-slash" aria-hidden="true"></span>
			<span>${refusal}</span>
		</p>`;
	}
	// Counting is for the few who come near the limit: a character has one or two units.
	const left =
		text.length > maxLength - COUNTER_FROM ? maxLength - scalarLength(text) : COUNTER_FROM;
	const label = isEdit ? l10n.t("Save") : l10n.t("Send");
	const hint = l10n.t("Shift+Enter for a new line");
	return html`<div class="row">
		<span class="hint" title=${hint}>${hint}</span>
		${
			left < COUNTER_FROM
				? html`<span class="counter ${left < 0 ? "over" : ""}" title=${l10n.t("Characters left")}
						>${left}</span
					>`
				: nothing
		}
		<vscode-button
			appearance="icon"
			class="send"
			aria-label=${label}
			title=${label}
			?disabled=${isHeld || text.trim() === ""}
			@click=${send}
			><span class="codicon codicon-${isEdit ? "check" : "send"}" aria-hidden="true"></span
		></vscode-button>
	</div>`;
}
