import * as v from "valibot";
import type { Address } from "./address";

const TIMEOUT_MS = 30_000;

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
	const response = await fetch(new URL(path, address.url), {
		method: "POST",
		headers: { authorization: `Bearer ${token}`, "content-type": "text/plain" },
		body: query,
		signal: AbortSignal.timeout(TIMEOUT_MS),
		redirect: "error",
	});
	if (!response.ok) {
		await response.body?.cancel();
		throw new Error(`The server answered a query with status ${response.status}`);
	}
	const answer = v.safeParse(answerSchema, await response.json());
	if (!answer.success) {
		throw new Error("The server's answer to a query can't be read");
	}
	return answer.output[0]?.rows ?? [];
}
