// SpacetimeDB over HTTP. No error of this file carries a token or a header.

import { readFile } from "node:fs/promises";

const PING_TIMEOUT_MS = 2_000;
const REQUEST_TIMEOUT_MS = 60_000;
/** HTTP status of a call that the reducer itself refused; the body is the reducer's error text. */
const REDUCER_REFUSED = 530;
const SCHEMA_VERSION = 9;

/**
 * @param {string} url
 * @param {string} path
 * @param {{ method?: string, token?: string, body?: string | Uint8Array<ArrayBuffer>, type?: string }} [options]
 */
async function request(url, path, { method = "GET", token, body, type } = {}) {
	/** @type {Record<string, string>} */
	const headers = {};
	if (token !== undefined) {
		headers["authorization"] = `Bearer ${token}`;
	}
	if (type !== undefined) {
		headers["content-type"] = type;
	}
	return fetch(new URL(path, url), {
		method,
		headers,
		...(body === undefined ? {} : { body }),
		signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
	});
}

/** An answer other than success. */
export class Refusal extends Error {
	/** @override */
	name = "Refusal";

	/** @param {string} message @param {number} status */
	constructor(message, status) {
		super(message);
		this.status = status;
	}
}

/** @param {string} doing @param {Response} response @returns {Promise<Refusal>} */
async function refusal(doing, response) {
	const text = (await response.text()).trim().slice(0, 500);
	const message = `The server refused to ${doing}: ${response.status} ${text}`;
	return new Refusal(message, response.status);
}

/** @param {string} name */
function databasePath(name) {
	return `/v1/database/${encodeURIComponent(name)}`;
}

/** Returns true if a SpacetimeDB server answers there. @param {string} url @returns {Promise<boolean>} */
export async function ping(url) {
	try {
		const signal = AbortSignal.timeout(PING_TIMEOUT_MS);
		const response = await fetch(new URL("/v1/ping", url), { signal });
		await response.arrayBuffer();
		return response.status === 200;
	} catch {
		return false;
	}
}

/**
 * Makes a new identity, with a token that never expires.
 * @param {string} url
 * @returns {Promise<{ identity: string, token: string }>}
 */
export async function createIdentity(url) {
	const response = await request(url, "/v1/identity", { method: "POST" });
	if (!response.ok) {
		throw await refusal("make an identity", response);
	}
	const { identity, token } = /** @type {Record<string, unknown>} */ (await response.json());
	if (typeof identity !== "string" || typeof token !== "string") {
		throw new Error("The server's new identity has not the expected form.");
	}
	return { identity, token };
}

/** @param {string} url @param {string} name @returns {Promise<boolean>} */
export async function databaseExists(url, name) {
	const response = await request(url, databasePath(name));
	if (response.status === 404) {
		await response.arrayBuffer();
		return false;
	}
	if (!response.ok) {
		throw await refusal(`look for the database ${name}`, response);
	}
	await response.arrayBuffer();
	return true;
}

/** Returns the schema as the server describes it. @param {string} url @param {string} name @returns {Promise<unknown>} */
export async function readSchema(url, name) {
	const response = await request(url, `${databasePath(name)}/schema?version=${SCHEMA_VERSION}`);
	if (!response.ok) {
		throw await refusal(`show the schema of ${name}`, response);
	}
	return response.json();
}

/**
 * Publishes a module. Over an existing database of the same owner, this is an update.
 * @param {string} url
 * @param {string} name
 * @param {string} token
 * @param {string} wasmPath
 */
export async function publish(url, name, token, wasmPath) {
	const body = await readFile(wasmPath);
	const type = "application/wasm";
	const response = await request(url, databasePath(name), { method: "PUT", token, body, type });
	if (!response.ok) {
		throw await refusal(`publish ${name}`, response);
	}
	await response.arrayBuffer();
}

/**
 * Publishes a module as a new database. An existing database is never overwritten.
 * @param {string} url
 * @param {string} name
 * @param {string} token
 * @param {string} wasmPath
 */
export async function publishNew(url, name, token, wasmPath) {
	if (await databaseExists(url, name)) {
		throw new Error(`The database ${name} exists already; it is left as it is.`);
	}
	await publish(url, name, token, wasmPath);
}

/**
 * Makes a person an owner in a rooms database, as only the database's publisher can. A module can't
 * learn who published it, so this call follows the first publishing.
 * @param {string} url
 * @param {string} name
 * @param {{ identity: string, token: string }} publisher
 */
export async function makeOwner(url, name, { identity, token }) {
	if (!/^[0-9a-f]{64}$/.test(identity)) {
		throw new Error("An identity has 64 hexadecimal digits.");
	}
	await sql(url, name, token, `INSERT INTO role (identity, rank) VALUES (0x${identity}, 2)`);
}

/** Returns the identity of a token. @param {string} token @returns {string | undefined} */
export function identityOf(token) {
	try {
		const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
		return typeof claims.hex_identity === "string" ? claims.hex_identity : undefined;
	} catch {
		return undefined;
	}
}

/**
 * Calls a reducer.
 * @param {string} url
 * @param {string} name
 * @param {string} token
 * @param {string} reducer
 * @param {unknown[]} args
 * @returns {Promise<{ ok: true } | { ok: false, message: string }>} `message` is the reducer's own text
 */
export async function callReducer(url, name, token, reducer, args) {
	const response = await request(url, `${databasePath(name)}/call/${encodeURIComponent(reducer)}`, {
		method: "POST",
		token,
		body: JSON.stringify(args),
		type: "application/json",
	});
	if (response.status === REDUCER_REFUSED) {
		return { ok: false, message: await response.text() };
	}
	if (!response.ok) {
		throw await refusal(`run ${reducer}`, response);
	}
	await response.arrayBuffer();
	return { ok: true };
}

/**
 * Runs one SQL statement.
 * @param {string} url
 * @param {string} name
 * @param {string} token
 * @param {string} query
 * @returns {Promise<unknown[][]>} the rows, each an array of its columns
 */
export async function sql(url, name, token, query) {
	const response = await request(url, `${databasePath(name)}/sql`, {
		method: "POST",
		token,
		body: query,
		type: "text/plain",
	});
	if (!response.ok) {
		throw await refusal("run the SQL", response);
	}
	const answer = /** @type {{ rows?: unknown[][] }[]} */ (await response.json());
	return answer[0]?.rows ?? [];
}
