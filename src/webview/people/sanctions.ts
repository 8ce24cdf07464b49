import * as l10n from "@vscode/l10n";
import type { Sanction, OwnSanction } from "../../shared/person";
import { soonTime } from "../ui/formatTime";

/** Whether a sanction keeps somebody from talking now. */
export function isInForce(sanction: Sanction | undefined, nowMs: number): boolean {
	return sanction !== undefined && (sanction.untilMs === undefined || sanction.untilMs > nowMs);
}

/** What keeps one from talking, until when, why, and by whom where that is told. */
export function ownSanctionSentence(
	ownSanction: OwnSanction,
	by: string | undefined,
	nowMs: number,
): string {
	const what = whatSentence(ownSanction, nowMs);
	const { reason } = ownSanction;
	if (by !== undefined) {
		return reason === ""
			? l10n.t("{0} By {1}.", what, by)
			: l10n.t("{0} By {1}: “{2}”", what, by, reason);
	}
	return reason === "" ? what : l10n.t("{0} The reason: “{1}”", what, reason);
}

function whatSentence({ kind, untilMs }: OwnSanction, nowMs: number): string {
	if (untilMs === undefined) {
		return kind === "ban"
			? l10n.t("You are banned: you can read, but not write.")
			: l10n.t("You are in a time-out: you can read, but not write.");
	}
	const until = soonTime(untilMs, nowMs);
	return kind === "ban"
		? l10n.t("You are banned until {0}: you can read, but not write.", until)
		: l10n.t("You are in a time-out until {0}: you can read, but not write.", until);
}

/** What others are told of somebody's sanction. */
export function sanctionLabel({ kind, untilMs }: Sanction, nowMs: number): string {
	if (untilMs === undefined) {
		return kind === "ban" ? l10n.t("Banned") : l10n.t("In a time-out");
	}
	const until = soonTime(untilMs, nowMs);
	return kind === "ban"
		? l10n.t("Banned until {0}", until)
		: l10n.t("In a time-out until {0}", until);
}
