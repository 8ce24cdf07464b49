import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit/html.js";
import type { Post } from "../model/host";
import { linkButton } from "../message/sendState";
import type { Model } from "../model/model";

/** Own messages that will be sent when the connection is back. */
export function countWaiting(model: Model): number {
	return model.entries.filter(
		(entry) =>
			entry.kind === "message" &&
			entry.state.kind === "pending" &&
			entry.state.waitsFor === "connection",
	).length;
}

/** The line above the composer: how many wait, and a way to drop them all that asks first. */
export function renderOutbox(
	count: number,
	isAsking: boolean,
	ask: (isAsking: boolean) => void,
	post: Post,
): TemplateResult | typeof nothing {
	if (count === 0) {
		return nothing;
	}
	const discardAll = (): void => {
		post({ type: "discardAll" });
		ask(false);
	};
	if (isAsking) {
		return html`<div class="outbox" role="group" aria-label=${l10n.t("Discard all")}>
			<span
				>${count === 1 ? l10n.t("Discard 1 message?") : l10n.t("Discard {0} messages?", count)}</span
			>
			${linkButton(l10n.t("Yes"), discardAll)} ${linkButton(l10n.t("No"), () => ask(false))}
		</div>`;
	}
	return html`<div class="outbox">
		<span
			>${
				count === 1
					? l10n.t("1 message waits for the connection.")
					: l10n.t("{0} messages wait for the connection.", count)
			}</span
		>
		${linkButton(l10n.t("Discard all"), () => ask(true))}
	</div>`;
}
