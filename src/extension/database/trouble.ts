import { l10n } from "vscode";
import type { Remedy, Trouble } from "../../shared/connectionState";
import type { NotAChat } from "./chatSchema";
import type { Address, AddressProblem } from "../platform/address";
import type { SchemaAnswer } from "./wire/fetchSchema";
import type { ServerSessionEnd } from "./serverSession";
import type { Pace } from "./backoff";

/** A failed try: either worth trying again by itself, or of no use until something changes. */
export type Setback =
	| { readonly kind: "lost"; readonly reason: Trouble; readonly pace: Pace }
	| { readonly kind: "refused"; readonly reason: Trouble; readonly remedy: Remedy };

/** The sentence for a setting that is no address. */
export function addressTrouble(problem: AddressProblem): Setback {
	return refused("badSetting", addressSentence(problem), "openSettings");
}

export function addressSentence(problem: AddressProblem): string {
	switch (problem) {
		case "serverEmpty":
			return l10n.t("The setting “SpacetimeDB Chat: Server” is empty.");
		case "serverUnreadable":
			return l10n.t("The setting “SpacetimeDB Chat: Server” is not an address.");
		case "serverScheme":
			return l10n.t("The setting “SpacetimeDB Chat: Server” must start with http:// or https://.");
		case "serverCredentials":
			return l10n.t(
				"The setting “SpacetimeDB Chat: Server” must not hold a user name or a password.",
			);
		case "serverQuery":
			return l10n.t("The setting “SpacetimeDB Chat: Server” must not hold a “?” or a “#”.");
		case "databaseEmpty":
			return l10n.t("The setting “SpacetimeDB Chat: Database” is empty.");
		case "databaseCharacters":
			return l10n.t(
				"The setting “SpacetimeDB Chat: Database” may hold letters, digits, “-”, “_” and “.” only.",
			);
		case "databaseTooLong":
			return l10n.t("The setting “SpacetimeDB Chat: Database” is too long.");
	}
}

export function insecureTrouble(address: Address): Setback {
	return refused(
		"insecure",
		l10n.t(
			"The connection to {0} is not encrypted: anybody on the way could read the chat and speak in your name.",
			address.server,
		),
		"allowInsecure",
	);
}

export function schemaTrouble(
	answer: Exclude<SchemaAnswer, { kind: "schema" }>,
	address: Address,
): Setback {
	switch (answer.kind) {
		case "unreachable":
			return lost("unreachable", unreachableSentence(address.server, answer.detail));
		case "unreadable":
			return refused(
				"notAChat",
				l10n.t("{0} answers, but not as a SpacetimeDB server does.", address.server),
				"changeServer",
			);
		case "status":
			return statusTrouble(answer.status, address);
	}
}

function statusTrouble(status: number, address: Address): Setback {
	switch (status) {
		case 401:
		case 403:
			return refused(
				"badToken",
				l10n.t(
					"{0} does not accept the identity kept for it. It may be of another server.",
					address.server,
				),
				"forgetIdentity",
			);
		case 404:
			return refused(
				"noDatabase",
				l10n.t("There is no database “{0}” at {1}.", address.database, address.server),
				"changeServer",
			);
		default:
			return lost("serverError", l10n.t("{0} answered with status {1}.", address.server, status));
	}
}

export function notAChatTrouble(schema: NotAChat, address: Address): Setback {
	return refused(
		"notAChat",
		l10n.t(
			"The database “{0}” is not a chat this panel knows: found {1}, needed {2}.",
			address.database,
			schema.found,
			schema.needed,
		),
		"changeServer",
	);
}

/** What the end of a link means. `address` names the server in the sentence. */
export function sessionTrouble(end: ServerSessionEnd, address?: Address): Setback {
	const server = address?.server ?? "";
	switch (end.kind) {
		case "subscription":
			return lost("subscription", l10n.t("Subscription error: {0}", end.detail), "slow");
		case "broken":
			return lost("badData", l10n.t("The data could not be read. Reading it anew."), "prompt");
		case "slow":
			return lost("silent", l10n.t("{0} did not send the chat in time.", server), "slow");
		case "mute":
			return lost("republished", l10n.t("{0} does not answer any more. Connecting anew.", server));
		case "socket":
			return socketTrouble(end, server, address);
	}
}

function socketTrouble(
	{ end, wasIdentified }: Extract<ServerSessionEnd, { kind: "socket" }>,
	server: string,
	address: Address | undefined,
): Setback {
	switch (end.kind) {
		case "refused":
			return address === undefined
				? lost("serverError", l10n.t("{0} answered with status {1}.", server, end.status))
				: statusTrouble(end.status, address);
		case "unreachable":
			return lost("unreachable", unreachableSentence(server, end.detail));
		case "silent":
			return lost("silent", l10n.t("Disconnected: {0} has fallen silent.", server));
		case "badFrame":
			return lost("badData", l10n.t("The data could not be read. Reading it anew."), "prompt");
		case "closed":
			if (!wasIdentified) {
				return lost(
					"closedBeforeIdentity",
					l10n.t("{0} let us in and closed at once, without a word.", server),
					"slow",
				);
			}
			return end.detail === ""
				? lost("closed", l10n.t("Disconnected from {0}.", server))
				: lost("closed", l10n.t("Disconnected from {0}: {1}", server, end.detail));
	}
}

function unreachableSentence(server: string, detail: string): string {
	return detail === ""
		? l10n.t("Connection error: {0} does not answer.", server)
		: l10n.t("Connection error: {0} does not answer ({1}).", server, detail);
}

function lost(code: Trouble["code"], sentence: string, pace: Pace = "usual"): Setback {
	return { kind: "lost", reason: { code, sentence }, pace };
}

function refused(code: Trouble["code"], sentence: string, remedy: Remedy): Setback {
	return { kind: "refused", reason: { code, sentence }, remedy };
}
