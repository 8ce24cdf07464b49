import { l10n } from "vscode";
import type { Remedy, Trouble } from "../../shared/connectionState";
import type { NotAChat } from "./wire/chatSchema";
import type { Address, AddressProblem } from "../platform/address";
import { addressSentence } from "../platform/address";
import type { SchemaAnswer } from "./wire/fetchSchema";
import type { ServerSessionEnd } from "./serverSession";
import type { Pace } from "./backoff";

/** A failed attempt: `lost` is repeated automatically, `refused` needs the person. */
export type Setback =
	| { readonly kind: "lost"; readonly reason: Trouble; readonly pace: Pace }
	| { readonly kind: "refused"; readonly reason: Trouble; readonly remedy: Remedy };

export function addressTrouble(problem: AddressProblem): Setback {
	return refused("badSetting", addressSentence(problem), "openSettings");
}

export function insecureTrouble(address: Address): Setback {
	return refused(
		"insecure",
		l10n.t(
			"The connection to {0} is not encrypted. Others on the network could read the chat and write in your name.",
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
				l10n.t("{0} answers, but it is not a SpacetimeDB server.", address.server),
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
					"{0} does not accept the stored identity. It may belong to another server.",
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
			"The database “{0}” is not a chat that this panel supports. Found: {1}. Needed: {2}.",
			address.database,
			schema.found,
			schema.needed,
		),
		"changeServer",
	);
}

/** Describes the end of a session. @param address has the server's name for the sentence */
export function sessionTrouble(end: ServerSessionEnd, address?: Address): Setback {
	const server = address?.server ?? "";
	switch (end.kind) {
		case "subscription":
			return lost("subscription", l10n.t("Subscription error: {0}", end.detail), "slow");
		case "broken":
			return lost("badData", l10n.t("Some data could not be read. Reloading…"), "prompt");
		case "slow":
			return lost("silent", l10n.t("{0} did not send the chat in time.", server), "slow");
		case "mute":
			return lost("republished", l10n.t("{0} has stopped answering. Reconnecting…", server));
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
			return lost("silent", l10n.t("Disconnected: {0} stopped sending data.", server));
		case "badFrame":
			return lost("badData", l10n.t("Some data could not be read. Reloading…"), "prompt");
		case "closed":
			if (!wasIdentified) {
				return lost(
					"closedBeforeIdentity",
					l10n.t("{0} accepted the connection, then closed it without giving a reason.", server),
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
		: l10n.t("Connection error: {0} does not answer. {1}", server, detail);
}

function lost(code: Trouble["code"], sentence: string, pace: Pace = "usual"): Setback {
	return { kind: "lost", reason: { code, sentence }, pace };
}

function refused(code: Trouble["code"], sentence: string, remedy: Remedy): Setback {
	return { kind: "refused", reason: { code, sentence }, remedy };
}
