import { sql } from "../../scripts/lib/databases.mjs";
import { upgrade, publishAs } from "./chatServer";
import type { Server } from "./chatServer";

/** Rows in one statement, which may have 50,000 characters (server 1.3.0). */
const ROWS_A_STATEMENT = 300;

/**
 * A tutorial's database with so many messages, `text 0` the oldest, each so many milliseconds after the
 * one before, the last one now.
 */
export async function stockWithMessages(
	server: Server,
	database: string,
	count: number,
	everyMs: number,
): Promise<{ readonly identity: string; readonly token: string }> {
	const owner = await publishAs(server, database, "stock");
	const lastMs = Date.now() - 1_000;
	for (let first = 0; first < count; first += ROWS_A_STATEMENT) {
		const rows = Array.from({ length: Math.min(ROWS_A_STATEMENT, count - first) }, (_, index) => {
			const number = first + index;
			const sent = new Date(lastMs - (count - 1 - number) * everyMs).toISOString();
			return `(0x${owner.identity}, '${sent}', 'text ${number}')`;
		});
		await sql(
			server.url,
			database,
			owner.token,
			`INSERT INTO message (sender, sent, text) VALUES ${rows.join(", ")}`,
		);
	}
	return owner;
}

/** The same as a database of ours: the tutorial's, upgraded. */
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
