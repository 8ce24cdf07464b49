import type { ChatSchema } from "../wire/chatSchema";
import type { RunSql } from "../wire/sqlQuery";
import { readSqlMessage, readSqlTime } from "../sdk/sqlRows";
import type { MessageTable } from "./timeSpans";
import { timeCondition, TimeSpans } from "./timeSpans";

export interface SpanSources {
	readonly runSql: RunSql;
	readonly schema: ChatSchema;
	/** Duration of the newest span in milliseconds. */
	readonly windowMs: number;
}

/**
 * Finds the spans with which the history of a quickstart database opens. The search scans the table, so it
 * begins before the socket is open and has mostly ended by then.
 */
export class OpeningSpans {
	readonly #sources: SpanSources;
	#begun: { readonly sinceMs: number; readonly spans: Promise<TimeSpans> } | undefined;

	constructor(sources: SpanSources) {
		this.#sources = sources;
	}

	begin(): void {
		const sinceMs = this.#windowStartMs();
		this.#begun = { sinceMs, spans: this.#open(sinceMs) };
	}

	/**
	 * Returns the spans. The newest one begins at `sinceMs`, milliseconds since the epoch, if that is earlier
	 * than usual. Never rejects: without SQL, one span has everything.
	 */
	async find(sinceMs = Infinity): Promise<TimeSpans> {
		return this.#begun === undefined || sinceMs < this.#begun.sinceMs
			? this.#open(Math.min(sinceMs, this.#windowStartMs()))
			: this.#begun.spans;
	}

	async #open(sinceMs: number): Promise<TimeSpans> {
		try {
			return await TimeSpans.open(messageTable(this.#sources), sinceMs * 1_000);
		} catch {
			// A proxy may forward the socket and nothing else. Then the panel subscribes to everything, as
			// quickstart clients do.
			return TimeSpans.everything();
		}
	}

	#windowStartMs(): number {
		return Date.now() - this.#sources.windowMs;
	}
}

function messageTable({ runSql, schema }: SpanSources): MessageTable {
	const where = (from: number, to: number) => timeCondition(schema.sent, from, to);
	return {
		count: async (from, to) => {
			const [row] = await runSql(`SELECT COUNT(*) AS n FROM message${where(from, to)}`);
			return Number(row?.[0] ?? 0);
		},
		times: async (from, to, limit) => {
			const query = `SELECT ${schema.sent} FROM message${where(from, to)} LIMIT ${limit}`;
			return (await runSql(query)).map(readSqlTime);
		},
		// For whole rows the server stops at the limit, for one column it reads all rows (server 1.3.0).
		someTimes: async (limit) => {
			const rows = await runSql(`SELECT * FROM message LIMIT ${limit}`);
			return rows.map((row) => readSqlMessage(row).sentMicros);
		},
	};
}
