import * as v from "valibot";
import type { Address } from "../../platform/address";
import { isSuccess, requestOnce } from "../../platform/httpRequest";

const TIMEOUT_MS = 30_000;
/** Enough for a page of the longest texts, and for one whose messages all have the same time. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;

const answerSchema = v.array(v.object({ rows: v.array(v.array(v.unknown())) }));

/**
 * Runs one SQL query made of constants and validated numbers, and returns its rows. Rejects without an
 * answer.
 */
export type RunSql = (query: string) => Promise<readonly (readonly unknown[])[]>;

/**
 * Runs one SQL query over HTTP as the identity of the token, and returns its rows. A number above 2^53
 * loses its last digits. Rejects without a readable answer; no error contains the token.
 */
export async function querySql(address: Address, token: string, query: string): ReturnType<RunSql> {
	const path = `v1/database/${encodeURIComponent(address.database)}/sql`;
	const { status, body } = await requestOnce({
		url: new URL(path, address.url),
		timeoutMs: TIMEOUT_MS,
		maxBodyBytes: MAX_BODY_BYTES,
		headers: { authorization: `Bearer ${token}`, "content-type": "text/plain" },
		body: query,
	});
	if (!isSuccess(status)) {
		throw new Error(`The server answered a query with status ${status}`);
	}
	const answer = v.safeParse(answerSchema, JSON.parse(body));
	if (!answer.success) {
		throw new Error("The server's answer to a query can't be read");
	}
	return answer.output[0]?.rows ?? [];
}
