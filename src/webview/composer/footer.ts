import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit/html.js";
import { scalarLength } from "../../shared/text";

/** The number of characters left below which the counter appears. */
const COUNTER_FROM = 200;

/** A sentence about the typed text. */
export interface ComposerNotice {
	readonly role: "status" | "alert";
	readonly sentence: string;
}

/** The content of the row below the text. */
export interface FootView {
	readonly text: string;
	readonly maxLength: number;
	readonly refusal: string;
	readonly isEdit: boolean;
	readonly isPending: boolean;
}

/** Renders a notice above the box. */
export function renderNotice(notice: ComposerNotice | undefined): TemplateResult | typeof nothing {
	return notice === undefined
		? nothing
		: html`<p class="composer-notice ${notice.role}" role=${notice.role}>
				<span
					class="codicon codicon-${notice.role === "alert" ? "error" : "info"}"
					aria-hidden="true"
				></span>
				<span>${notice.sentence}</span>
			</p>`;
}

/** Renders the row below the text: hint, counter and button; or the reason why nothing can be written. */
export function renderFoot(view: FootView, send: () => void): TemplateResult {
	const { text, maxLength, refusal, isEdit, isPending } = view;
	if (refusal !== "") {
		return html`<p class="composer-refusal" role="status">
			<span class="codicon codicon-circle-slash" aria-hidden="true"></span>
			<span>${refusal}</span>
		</p>`;
	}
	// A character has one or two units, so exact counting is only necessary near the limit.
	const left =
		text.length > maxLength - COUNTER_FROM ? maxLength - scalarLength(text) : COUNTER_FROM;
	const label = isEdit ? l10n.t("Save") : l10n.t("Send");
	const hint = l10n.t("Shift+Enter for a new line");
	return html`<div class="composer-row">
		<span class="composer-hint" title=${hint}>${hint}</span>
		${
			left < COUNTER_FROM
				? html`<span
						class="composer-counter ${left < 0 ? "over" : ""}"
						title=${l10n.t("Characters left")}
						>${left}</span
					>`
				: nothing
		}
		<vscode-button
			appearance="icon"
			class="composer-send"
			aria-label=${label}
			title=${label}
			?disabled=${isPending || text.trim() === ""}
			@click=${send}
			><span class="codicon codicon-${isEdit ? "check" : "send"}" aria-hidden="true"></span
		></vscode-button>
	</div>`;
}
