import { ROLE_OWNER } from "../../../shared/moduleConstants";
import type { Address } from "../../platform/address";
import type { HttpAnswer, HttpRequest } from "../../platform/httpRequest";
import { isSuccess, requestOnce } from "../../platform/httpRequest";

const PING_TIMEOUT_MS = 2_000;
const TIMEOUT_MS = 30_000;
/** Enough for an identity and its token, the longest answer read here. */
const MAX_BODY_BYTES = 1024 * 1024;

/** Returns true for an address at which a SpacetimeDB server answers. Never throws. */
export async function answersPing(address: Address): Promise<boolean> {
	try {
		const url = new URL("v1/ping", address.url);
		return isSuccess((await send({ url, timeoutMs: PING_TIMEOUT_MS })).status);
	} catch {
		return false;
	}
}

/** Returns true for a database that exists. Throws without a clear answer. */
export async function databaseExists(address: Address): Promise<boolean> {
	const answer = await send({ url: databaseUrl(address) });
	if (answer.status === 404) {
		return false;
	}
	requireSuccess(answer, "a request for the database");
	return true;
}

/** Creates an identity and returns its token. */
export async function createToken(address: Address): Promise<string> {
	const answer = await send({ url: new URL("v1/identity", address.url), method: "POST" });
	requireSuccess(answer, "a request for an identity");
	const { token } = JSON.parse(answer.body) as { token?: unknown };
	if (typeof token !== "string") {
		throw new Error("The server gave an identity without a token");
	}
	return token;
}

/** Creates the database from a module. Only for a database that does not exist: it would be replaced. */
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
	requireSuccess(answer, "a request to publish the module");
}

/**
 * Makes the identity of a token an owner of the chat. A module can't learn who published it, so the owner of
 * the database inserts the row.
 */
export async function makeOwner(address: Address, token: string): Promise<void> {
	const identity = identityIn(token);
	const answer = await send({
		url: new URL(`${databaseUrl(address).href}/sql`),
		method: "POST",
		headers: { authorization: `Bearer ${token}`, "content-type": "text/plain" },
		body: `INSERT INTO role (identity, rank) VALUES (0x${identity}, ${ROLE_OWNER})`,
	});
	requireSuccess(answer, "a request to add an owner");
}

async function send(request: Pick<HttpRequest, "url"> & Partial<HttpRequest>): Promise<HttpAnswer> {
	return requestOnce({
		timeoutMs: TIMEOUT_MS,
		maxBodyBytes: MAX_BODY_BYTES,
		headers: {},
		...request,
	});
}

/** Returns the claim `hex_identity` of a server's token (server 1.3.0). */
function identityIn(token: string): string {
	const [, claims = ""] = token.split(".");
	const text = Buffer.from(claims, "base64url").toString("utf8");
	const [, identity] = /"hex_identity":"([0-9a-f]{64})"/.exec(text) ?? [];
	if (identity === undefined) {
		throw new Error("The token does not tell its identity");
	}
	return identity;
}

function databaseUrl(address: Address): URL {
	return new URL(`v1/database/${encodeURIComponent(address.database)}`, address.url);
}

function requireSuccess({ status }: HttpAnswer, what: string): void {
	if (!isSuccess(status)) {
		throw new Error(`The server answered ${what} with status ${status}`);
	}
}
