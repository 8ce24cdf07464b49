import type { Address } from "../../platform/address";
import type { HttpAnswer, HttpRequest } from "../../platform/httpRequest";
import { isSuccess, requestOnce } from "../../platform/httpRequest";

const TIMEOUT_MS = 30_000;
const PING_TIMEOUT_MS = 2_000;
/** Longest answer that is read: a token, or the description of a database. */
const MAX_BODY_BYTES = 1024 * 1024;
/** `server/src/role.rs` */
const OWNER_RANK = 2;

/** Returns true if a SpacetimeDB server answers at the address. Never throws. */
export async function answersPing(address: Address): Promise<boolean> {
	try {
		const url = new URL("v1/ping", address.url);
		return isSuccess((await send({ url, timeoutMs: PING_TIMEOUT_MS })).status);
	} catch {
		return false;
	}
}

/** Returns true if the database exists. Throws if the server gives no clear answer. */
export async function databaseExists(address: Address): Promise<boolean> {
	const answer = await send({ url: databaseUrl(address) });
	if (answer.status === 404) {
		return false;
	}
	requireSuccess(answer, "the question for the database");
	return true;
}

/** Creates an identity and returns its token. */
export async function createToken(address: Address): Promise<string> {
	const answer = await send({ url: new URL("v1/identity", address.url), method: "POST" });
	requireSuccess(answer, "the request for an identity");
	const { token } = JSON.parse(answer.body) as { token?: unknown };
	if (typeof token !== "string") {
		throw new Error("The server gave an identity without a token");
	}
	return token;
}

/** Creates the database from a module. Call it only for a missing database: it replaces an existing one. */
export async function publishModule(
	address: Address,
	token: string,
	module: Uint8Array,
): Promise<void> {
	const answer = await send({
		url: databaseUrl(address),
		method: "PUT",
		headers: { authorization: `Bearer ${token}` },
		body: module,
	});
	requireSuccess(answer, "the publishing of the module");
}

/**
 * Makes the identity of a token an owner in the chat. Only the owner of the database can do that: a
 * module does not learn the identity that published it.
 */
export async function makeOwner(address: Address, token: string): Promise<void> {
	const identity = identityIn(token);
	const answer = await send({
		url: new URL(`${databaseUrl(address).href}/sql`),
		headers: { authorization: `Bearer ${token}`, "content-type": "text/plain" },
		body: `INSERT INTO role (identity, rank) VALUES (0x${identity}, ${OWNER_RANK})`,
	});
	requireSuccess(answer, "the request for an owner");
}

/** Reads the claim `hex_identity` of a server's token (server 1.3.0). */
function identityIn(token: string): string {
	const [, claims = ""] = token.split(".");
	const text = Buffer.from(claims, "base64url").toString("utf8");
	const [, identity] = /"hex_identity":"([0-9a-f]{64})"/.exec(text) ?? [];
	if (identity === undefined) {
		throw new Error("The token does not name its identity");
	}
	return identity;
}

function databaseUrl(address: Address): URL {
	return new URL(`v1/database/${encodeURIComponent(address.database)}`, address.url);
}

async function send(request: Pick<HttpRequest, "url"> & Partial<HttpRequest>): Promise<HttpAnswer> {
	return requestOnce({
		timeoutMs: TIMEOUT_MS,
		maxBodyBytes: MAX_BODY_BYTES,
		headers: {},
		...request,
	});
}

function requireSuccess({ status }: HttpAnswer, request: string): void {
	if (!isSuccess(status)) {
		throw new Error(`The server answered ${request} with status ${status}`);
	}
}
