import { callReducer } from "../../scripts/lib/databases.mjs";
import { publishAs, upgrade } from "./chatServer";
import type { Server } from "./chatServer";

/** The server accepts 2 MB a call. */
const MESSAGES_A_CALL = 5_000;

/**
 * Publishes a quickstart database with `count` messages: `text 0` the oldest, one message every `everyMs`,
 * the last one now.
 */
export async function stockWithMessages(
	server: Server,
	database: string,
	count: number,
	everyMs: number,
): Promise<{ readonly identity: string; readonly token: string }> {
	const owner = await publishAs(server, database, "seeded");
	const firstMs = Date.now() - 1_000 - (count - 1) * everyMs;
	for (let done = 0; done < count; done += MESSAGES_A_CALL) {
		const texts = Array.from(
			{ length: Math.min(MESSAGES_A_CALL, count - done) },
			(_, index) => `text ${done + index}`,
		);
		const answer = await callReducer(server.url, database, owner.token, "fill_messages", [
			(firstMs + done * everyMs) * 1_000,
			everyMs * 1_000,
			texts.map(() => 0),
			texts,
		]);
		if (!answer.ok) {
			throw new Error(answer.message);
		}
	}
	await upgrade(server, database, owner, "stock");
	return owner;
}

/** Publishes the same, upgraded to a rooms database. */
export async function oursWithMessages(
	server: Server,
	database: string,
	count: number,
	everyMs: number,
): Promise<{ readonly identity: string; readonly token: string }> {
	const owner = await stockWithMessages(server, database, count, everyMs);
	await upgrade(server, database, owner);
	return owner;
}
