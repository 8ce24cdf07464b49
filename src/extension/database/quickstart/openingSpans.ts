import type { Ask } from "../../chat/backend";
import type { ChatSchema } from "../chatSchema";
import { readSqlMessage, readSqlTime } from "../sdk/sqlRows";
import type { MessageTable } from "./timeSpans";
import { timeCondition, TimeSpans } from "./timeSpans";

export interface SpanSources {
	/** Asks as whoever connects. */
	readonly ask: Ask;
	readonly schema: ChatSchema;
	/** How far back the newest span is to go, in milliseconds. */
	readonly windowMs: number;
}

/**
 * Finds the spans that a tutorial's history opens with. It can begin before there is a connection, and
 * is done by then mostly: it takes a scan of the table, as the subscription after it does.
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
	 * The spans, the newest of which goes back to `sinceMs`, milliseconds since the epoch, if that is
	 * further than usual. Never rejects: where the database can't be asked, one span holds everything.
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
			// A proxy may let nothing through but the socket: then everything is asked for, as tutorial
			// clients do.
			return TimeSpans.everything();
		}
	}

	#windowStartMs(): number {
		return Date.now() - this.#sources.windowMs;
	}
}

function messageTable({ ask, schema }: SpanSources): MessageTable {
	const where = (from: number, to: number) => timeCondition(schema.sent, from, to);
	return {
		count: async (from, to) => {
			const [row] = await ask(`SELECT COUNT(*) AS n FROM message${where(from, to)}`);
			return Number(row?.[0] ?? 0);
		},
		times: async (from, to, limit) => {
			const query = `SELECT ${schema.sent} FROM message${where(from, to)} LIMIT ${limit}`;
			return (await ask(query)).map(readSqlTime);
		},
		// Of whole rows the server looks at no more than are wanted, of one column at all (server 1.3.0).
		someTimes: async (limit) => {
			const rows = await ask(`SELECT * FROM message LIMIT ${limit}`);
			return rows.map((row) => readSqlMessage(row).sentMicros);
		},
	};
}
