import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit/html.js";
import type { Availability, Person } from "../../shared/person";
import { shortTime } from "../ui/formatTime";
import { isInForce, sanctionLabel } from "./sanctions";

/** The presence of a person, shown as a shape, a colour and a word. */
export type Presence = Availability | "offline";

/** Returns a person's presence: available if the person is online and has set nothing. */
export function presenceOf(person: Person | undefined): Presence {
	return person?.isOnline === true ? (person.availability ?? "available") : "offline";
}

function presenceLabel(presence: Presence): string {
	switch (presence) {
		case "available":
			return l10n.t("Available");
		case "away":
			return l10n.t("Away");
		case "busy":
			return l10n.t("Busy");
		case "offline":
			return l10n.t("Offline");
	}
}

/** Renders the shape of a presence. Its form and its colour each suffice to recognise it. */
export function renderPresence(presence: Presence): TemplateResult {
	const label = presenceLabel(presence);
	return html`<span
		class="presence ${presence}"
		role="img"
		aria-label=${label}
		title=${label}
	></span>`;
}

/** Returns the status of a person that has not expired. */
export function statusOf(
	person: Person | undefined,
	nowMs: number,
): { readonly text: string; readonly emoji: string; readonly untilMs?: number } | undefined {
	const status = person?.status;
	if (status === undefined || (status.text === "" && status.emoji === "")) {
		return undefined;
	}
	return status.untilMs !== undefined && status.untilMs <= nowMs ? undefined : status;
}

/** Returns the text of a status and its end, for a tooltip. */
export function statusTitle(person: Person | undefined, nowMs: number): string {
	const status = statusOf(person, nowMs);
	if (status === undefined) {
		return "";
	}
	const words = `${status.emoji} ${status.text}`.trim();
	return status.untilMs === undefined
		? words
		: l10n.t("{0} (until {1})", words, shortTime(status.untilMs, nowMs));
}

/** Renders the badges behind a name: role and sanction. */
export function renderBadges(person: Person, nowMs: number): unknown {
	const role =
		person.role === undefined
			? nothing
			: renderBadge(
					person.role,
					person.role === "owner" ? "star-full" : "shield",
					person.role === "owner" ? l10n.t("Owner") : l10n.t("Moderator"),
				);
	const { sanction } = person;
	return sanction === undefined || !isInForce(sanction, nowMs)
		? role
		: [
				role,
				renderBadge(
					"sanction",
					sanction.kind === "ban" ? "circle-slash" : "watch",
					sanctionLabel(sanction, nowMs),
				),
			];
}

function renderBadge(kind: string, icon: string, label: string): TemplateResult {
	return html`<span
		class="person-badge ${kind} codicon codicon-${icon}"
		role="img"
		aria-label=${label}
		title=${label}
	></span>`;
}
