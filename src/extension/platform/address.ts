/** A database somebody can connect to, as the settings name it. */
export interface Address {
	/** `http:` or `https:`, no path but what a proxy needs, no trailing slash in `pathname`'s tail. */
	readonly url: URL;
	readonly database: string;
	/** Host and port as a person says it: `localhost:3000`. */
	readonly server: string;
	/** Tells servers and databases apart in stored keys. */
	readonly key: string;
	/** True where the token would cross a network in the clear. */
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

/** Bytes in a database name that nobody means; server 1.3.0 states no limit of its own. */
const MAX_DATABASE_LENGTH = 255;

/** Letters, digits, `-`, `_` and `.` inside: what `spacetime publish` takes, or an identity in hex. */
const DATABASE_NAME = /^[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_-])?$/u;

/** Reads the two settings. Never throws; every value that is no address gives a problem. */
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

/** Whether a host name, as `URL` gives it, is this machine for certain. */
export function isLoopback(hostname: string): boolean {
	return (
		hostname === "localhost" ||
		hostname.endsWith(".localhost") ||
		hostname === "[::1]" ||
		/^127(?:\.\d{1,3}){3}$/.test(hostname)
	);
}
