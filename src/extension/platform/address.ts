import { l10n } from "vscode";

/** The database that the settings name. */
export interface Address {
	/** `http:` or `https:`, with a path only for a proxy, and one slash at the end. */
	readonly url: URL;
	readonly database: string;
	/** Host and port for a sentence: `localhost:3000`. */
	readonly server: string;
	/** Unique part of stored keys: server and database. */
	readonly key: string;
	/** True if the token would cross a network unencrypted. */
	readonly isInsecure: boolean;
}

export type AddressProblem =
	| "serverEmpty"
	| "serverUnreadable"
	| "serverScheme"
	| "serverCredentials"
	| "serverQuery"
	| "databaseEmpty"
	| "databaseCharacters"
	| "databaseTooLong";

const SCHEMES: Record<string, string> = {
	"http:": "http:",
	"https:": "https:",
	"ws:": "http:",
	"wss:": "https:",
};

/** Longest database name, in characters; server 1.3.0 states no limit. */
const MAX_DATABASE_LENGTH = 255;

/** Names that `spacetime publish` accepts: letters, digits, `-`, `_` and `.` inside; or an identity in hex. */
const DATABASE_NAME = /^[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_-])?$/u;

/** Reads the two settings. Never throws: returns a problem for every value that is not an address. */
export function readAddress(server: unknown, database: unknown): Address | AddressProblem {
	const url = readServer(server);
	if (typeof url === "string") {
		return url;
	}
	const name = typeof database === "string" ? database.trim() : "";
	if (name === "") {
		return "databaseEmpty";
	}
	if (name.length > MAX_DATABASE_LENGTH) {
		return "databaseTooLong";
	}
	if (!DATABASE_NAME.test(name) || name.includes("..")) {
		return "databaseCharacters";
	}
	return {
		url,
		database: name,
		server: url.host,
		key: `${url.href}#${name}`,
		isInsecure: url.protocol === "http:" && !isLoopback(url.hostname),
	};
}

/** Returns the sentence that says what to change in a setting. */
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

function readServer(raw: unknown): URL | AddressProblem {
	const text = typeof raw === "string" ? raw.trim() : "";
	if (text === "") {
		return "serverEmpty";
	}
	// "localhost:3000" parses as a URL with the scheme "localhost:"; people mean a host and a port.
	const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
	let url: URL;
	try {
		url = new URL(hasScheme ? text : `http://${text}`);
	} catch {
		return "serverUnreadable";
	}
	const scheme = SCHEMES[url.protocol];
	if (scheme === undefined) {
		return "serverScheme";
	}
	if (url.hostname === "" || /\s/.test(text)) {
		return "serverUnreadable";
	}
	if (url.username !== "" || url.password !== "") {
		return "serverCredentials";
	}
	if (url.search !== "" || url.hash !== "") {
		return "serverQuery";
	}
	return new URL(`${scheme}//${url.host}${url.pathname.replace(/\/+$/, "")}/`);
}

/** Returns true if a host name from `URL` certainly means this machine. */
export function isLoopback(hostname: string): boolean {
	return (
		hostname === "localhost" ||
		hostname.endsWith(".localhost") ||
		hostname === "[::1]" ||
		/^127(?:\.\d{1,3}){3}$/.test(hostname)
	);
}
