import type { Address } from "../../platform/address";

const TIMEOUT_MS = 30_000;
/** `server/src/role.rs` */
const OWNER_RANK = 2;

/** Whether a SpacetimeDB answers at the address. Never throws. */
export async function answersPing(address: Address): Promise<boolean> {
	try {
		const response = await fetch(new URL("v1/ping", address.url), {
			signal: AbortSignal.timeout(2_000),
		});
		await response.body?.cancel();
		return response.ok;
	} catch {
		return false;
	}
}

/** Whether the database is there. Throws when the server does not answer, or not clearly. */
export async function databaseExists(address: Address): Promise<boolean> {
	const response = await fetch(databaseUrl(address), { signal: AbortSignal.timeout(TIMEOUT_MS) });
	await response.body?.cancel();
	if (response.status === 404) {
		return false;
	}
	requireOk(response, "the question for the database");
	return true;
}

/** A new identity's token. */
export async function createToken(address: Address): Promise<string> {
	const response = await fetch(new URL("v1/identity", address.url), {
		method: "POST",
		signal: AbortSignal.timeout(TIMEOUT_MS),
	});
	requireOk(response, "the wish for an identity");
	const answer = (await response.json()) as { token?: unknown };
	if (typeof answer.token !== "string") {
		throw new Error("The server gave an identity without a token");
	}
	return answer.token;
}

/** Creates the database from a module. Only for a database that does not exist: it would be replaced. */
export async function publishModule(
	address: Address,
	token: string,
	module: Uint8Array<ArrayBuffer>,
): Promise<void> {
	const response = await fetch(databaseUrl(address), {
		method: "PUT",
		headers: { Authorization: `Bearer ${token}` },
		body: module,
		signal: AbortSignal.timeout(TIMEOUT_MS),
	});
	await response.body?.cancel();
	requireOk(response, "the publishing of the module");
}

/**
 * Makes the identity of a token an owner in the chat, as only the database's owner can: a module can't
 * learn who published it.
 */
export async function makeOwner(address: Address, token: string): Promise<void> {
	const identity = identityIn(token);
	const response = await fetch(new URL(`${databaseUrl(address).href}/sql`), {
		method: "POST",
		headers: { Authorization: `Bearer ${token}` },
		body: `INSERT INTO role (identity, rank) VALUES (0x${identity}, ${OWNER_RANK})`,
		signal: AbortSignal.timeout(TIMEOUT_MS),
	});
	await response.body?.cancel();
	requireOk(response, "the wish for an owner");
}

/** The claim `hex_identity` of a server's token (server 1.3.0). */
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

/** Headers are never part of an error: they may carry a token. */
function requireOk(response: Response, what: string): void {
	if (!response.ok) {
		throw new Error(`The server answered ${what} with status ${response.status}`);
	}
}
