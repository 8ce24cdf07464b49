import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit/html.js";
import type { Message } from "../../shared/chat";
import type { Post } from "../model/host";

/** How long a send may take before a word is said about it. */
export const QUIET_SEND_MS = 500;
/** How long before trying anew is offered; as long as an answer may take. */
export const STUCK_SEND_MS = 10_000;

/** How long a send takes, in the steps that are said: not worth a word, slow, or stuck. */
export type Delay = "none" | "slow" | "stuck";

export function delayOf({ state }: Message, nowMs: number): Delay {
	if (state.kind !== "pending" || state.waitsFor !== "ack") {
		return "none";
	}
	const ageMs = nowMs - state.sinceMs;
	return ageMs >= STUCK_SEND_MS ? "stuck" : ageMs >= QUIET_SEND_MS ? "slow" : "none";
}

/** What became of a message where that is not plain, with what can be done about it. */
export function renderState({ key, state }: Message, delay: Delay, post: Post): unknown {
	const discard = linkButton(l10n.t("Discard"), () => post({ type: "discard", key }));
	const retry = linkButton(l10n.t("Retry"), () => post({ type: "retry", key }));
	switch (state.kind) {
		case "sent":
			return nothing;
		case "pending":
			if (state.waitsFor === "connection") {
				return html`<div class="message-state">
					<span>${l10n.t("Waits for the connection")}</span>${discard}
				</div>`;
			}
			return delay === "none"
				? nothing
				: html`<div class="message-state">
						<span>${l10n.t("Sending…")}</span>${delay === "stuck" ? [retry, discard] : nothing}
					</div>`;
		case "failed":
			return html`<div class="message-state fail">
				<span
					><span class="codicon codicon-error" aria-hidden="true"></span> ${l10n.t(
						"Not sent: {0}",
						state.reason,
					)}</span
				>${retry}${discard}
			</div>`;
		case "unknown":
			return html`<div class="message-state doubt">
				<span
					><span class="codicon codicon-question" aria-hidden="true"></span> ${l10n.t(
						"May have been sent",
					)}</span
				>${retry}${discard}
			</div>`;
	}
}

/** An action that looks like a link, as in VS Code's own views. */
export function linkButton(label: string, onClick: () => void): TemplateResult {
	return html`<button class="ui-link" type="button" @click=${onClick}>${label}</button>`;
}
