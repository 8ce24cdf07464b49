import * as v from "valibot";
import type { Address } from "../../platform/address";
import { isSuccess, requestOnce } from "../../platform/httpRequest";

const TIMEOUT_MS = 30_000;
/** A page of the longest texts has some megabytes; so does a page where many are of one moment. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;

const answerSchema = v.array(v.object({ rows: v.array(v.array(v.unknown())) }));

/**
 * Runs one SQL query over HTTP, as whoever the token is for, and gives its rows. A number above 2^53
 * loses its last digits. Rejects when there is no answer that can be read; no error tells the token.
 */
export async function querySql(
	address: Address,
	token: string,
	query: string,
): Promise<readonly (readonly unknown[])[]> {
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
