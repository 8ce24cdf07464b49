import * as l10n from "@vscode/l10n";
import type { Sanction, OwnSanction } from "../../shared/person";
import { soonTime } from "../ui/formatTime";

/** Returns true while a sanction applies. */
export function isInForce(sanction: Sanction | undefined, nowMs: number): boolean {
	return sanction !== undefined && (sanction.untilMs === undefined || sanction.untilMs > nowMs);
}

/** Returns the sentences about the user's own sanction: kind, end, author and reason. */
export function ownSanctionSentence(
	ownSanction: OwnSanction,
	by: string | undefined,
	nowMs: number,
): string {
	const sentence = kindSentence(ownSanction, nowMs);
	const { reason } = ownSanction;
	if (by !== undefined) {
		return reason === ""
			? l10n.t("{0} By {1}.", sentence, by)
			: l10n.t("{0} By {1}: “{2}”", sentence, by, reason);
	}
	return reason === "" ? sentence : l10n.t("{0} The reason: “{1}”", sentence, reason);
}

function kindSentence({ kind, untilMs }: OwnSanction, nowMs: number): string {
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

/** Returns the label of another person's sanction. */
export function sanctionLabel({ kind, untilMs }: Sanction, nowMs: number): string {
	if (untilMs === undefined) {
		return kind === "ban" ? l10n.t("Banned") : l10n.t("In a time-out");
	}
	const until = soonTime(untilMs, nowMs);
	return kind === "ban"
		? l10n.t("Banned until {0}", until)
		: l10n.t("In a time-out until {0}", until);
}
