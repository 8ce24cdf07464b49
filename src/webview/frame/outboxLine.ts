import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit/html.js";
import { plural } from "../../shared/plural";
import { displayLanguage } from "../ui/displayLanguage";
import { linkButton } from "../ui/linkButton";
import type { Model } from "../model/model";

/** Counts the own messages that wait for the connection. */
export function countWaiting(model: Model): number {
	return model.entries.filter(
		(entry) =>
			entry.kind === "message" &&
			entry.state.kind === "pending" &&
			entry.state.waitsFor === "connection",
	).length;
}

/** Renders the number of waiting messages, and a button that discards them after a question. */
export function renderOutbox(
	count: number,
	isAsking: boolean,
	ask: (isAsking: boolean) => void,
	discard: () => void,
): TemplateResult | typeof nothing {
	if (count === 0) {
		return nothing;
	}
	const discardAll = (): void => {
		discard();
		ask(false);
	};
	if (isAsking) {
		return html`<div class="outbox" role="group" aria-label=${l10n.t("Discard all")}>
			<span>${discardQuestion(count)}</span>
			${linkButton(l10n.t("Yes"), discardAll)} ${linkButton(l10n.t("No"), () => ask(false))}
		</div>`;
	}
	return html`<div class="outbox">
		<span>${waitingSentence(count)}</span>
		${linkButton(l10n.t("Discard all"), () => ask(true))}
	</div>`;
}

function discardQuestion(count: number): string {
	return plural(
		count,
		{
			one: l10n.t("Discard {0} message?", count),
			other: l10n.t("Discard {0} messages?", count),
		},
		displayLanguage(),
	);
}

function waitingSentence(count: number): string {
	return plural(
		count,
		{
			one: l10n.t("{0} message waits for the connection.", count),
			other: l10n.t("{0} messages wait for the connection.", count),
		},
		displayLanguage(),
	);
}
