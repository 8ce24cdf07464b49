import * as l10n from "@vscode/l10n";
import { plural } from "../../shared/plural";
import { displayLanguage } from "./displayLanguage";

/** Returns a number for a badge: "99+" if it is higher. */
export function shortCount(count: number): string {
	return count > 99 ? "99+" : String(count);
}

/** Returns "3 new messages". */
export function newMessages(count: number): string {
	return plural(
		count,
		{ one: l10n.t("{0} new message", count), other: l10n.t("{0} new messages", count) },
		displayLanguage(),
	);
}
