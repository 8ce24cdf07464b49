import * as l10n from "@vscode/l10n";
import { html, nothing } from "lit/html.js";
import type { Message } from "../../shared/chat";
import type { Delay } from "../model/sendDelay";
import { linkButton } from "../ui/linkButton";

/** The actions on an own message that is not in the database yet. */
export interface SendStatePort {
	retry(clientId: string): void;
	discard(clientId: string): void;
}

/** Renders the state of a message that is not sent, with its actions. */
export function renderState({ key, state }: Message, delay: Delay, port: SendStatePort): unknown {
	const discard = linkButton(l10n.t("Discard"), () => port.discard(key));
	const retry = linkButton(l10n.t("Retry"), () => port.retry(key));
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
