import type { SpansFound, TimeTable } from "./spanSearch";
import { searchSpans } from "./spanSearch";

/** Times before and after all others, in microseconds. */
const FIRST = Number.MIN_SAFE_INTEGER;
const LAST = Number.MAX_SAFE_INTEGER;

/** Messages of the newest span if it is cut from a longer time: some screens. */
const FIRST_SPAN_MESSAGES = 100;
/** Messages whose times estimate the first span. A query for a few does not scan the table. */
const SAMPLE_MESSAGES = 200;
/** Messages for which a search of older or newer spans is made. */
const STRIDE_MESSAGES = 5_000;
const HOUR_MICROS = 3_600_000_000;

/** A time beginning with `from` and ending before `to`, microseconds since the epoch on the server's clock. */
interface Span {
	readonly from: number;
	readonly to: number;
}

/** A table of messages with a cheap query for some of them. */
export interface MessageTable extends TimeTable {
	/** Returns the times of at most `limit` messages that the server finds without a scan. */
	someTimes(limit: number): Promise<readonly number[]>;
}

/**
 * The history of a database without numbers of messages, cut into spans of time. Each span has a bounded
 * number of messages. The beginning of a span is its id; the newest span has no end.
 */
export class TimeSpans {
	readonly #table: MessageTable | undefined;
	/** Spans in order. There may be gaps between them. */
	#spans: Span[];
	/** True for a history that is known to have messages before the newest span. */
	readonly #isBeyondLive: boolean;
	/** Time in which the next spans are searched, in microseconds. Follows the frequency of messages. */
	#stride = HOUR_MICROS;

	private constructor(table?: MessageTable, isBeyondLive = false) {
		this.#table = table;
		this.#isBeyondLive = isBeyondLive;
		this.#spans = [{ from: FIRST, to: LAST }];
	}

	/**
	 * Finds the newest span. It begins at `sinceMicros`, or earlier with too few messages, or later with too
	 * many.
	 */
	static async open(table: MessageTable, sinceMicros: number): Promise<TimeSpans> {
		const [count, some] = await Promise.all([
			table.count(FIRST, LAST),
			table.someTimes(SAMPLE_MESSAGES),
		]);
		const found = await searchSpans(table, {
			near: LAST,
			limit: FIRST,
			preferredEnd: sinceMicros,
			size: FIRST_SPAN_MESSAGES,
			sample: { far: FIRST, times: some, count },
		});
		const newestCount = found.ends[0]?.count;
		// All messages were counted first, so those outside the span are older.
		const spans = new TimeSpans(table, newestCount !== undefined && newestCount < count);
		spans.#spans = [];
		spans.#addAll(LAST, found);
		return spans;
	}

	/** Returns one span with everything, for a database without SQL. */
	static everything(): TimeSpans {
		return new TimeSpans();
	}

	get live(): number {
		return this.#spans.at(-1)?.from ?? FIRST;
	}

	/** Returns the span of a time, or the newest. */
	holding(micros: number): number {
		return this.#spans.findLast(({ from }) => from <= micros)?.from ?? this.live;
	}

	/** Returns the SQL condition that selects a span by a column. */
	condition(span: number, column: string): string {
		const { from, to } = this.#find(span);
		return timeCondition(column, from, to);
	}

	async hasOlderThan(span: number): Promise<boolean> {
		const { from } = this.#find(span);
		if (from === FIRST || this.#table === undefined) {
			return false;
		}
		const isKnown =
			(span === this.live && this.#isBeyondLive) || this.#endingAt(from) !== undefined;
		return isKnown || (await this.#table.count(FIRST, from)) > 0;
	}

	async olderThan(span: number): Promise<number | undefined> {
		const near = this.#find(span).from;
		const known = this.#endingAt(near);
		if (known !== undefined || near === FIRST || this.#table === undefined) {
			return known?.from;
		}
		const limit = Math.max(FIRST, ...this.#spans.filter(({ to }) => to < near).map(({ to }) => to));
		const preferredEnd = Math.max(limit, near - this.#stride);
		const found = await searchSpans(this.#table, { near, limit, preferredEnd });
		const isNothing = found.ends.every(({ end, count }) => end === FIRST && count === 0);
		if (!isNothing) {
			this.#addAll(near, found);
		}
		return this.#endingAt(near)?.from;
	}

	async newerThan(span: number): Promise<number | undefined> {
		const near = this.#find(span).to;
		if (near === LAST) {
			return undefined;
		}
		const known = this.#spans.find(({ from }) => from === near);
		return known === undefined ? this.#forwardFrom(near) : known.from;
	}

	/** Returns the span of a time, or the first one after it. */
	async at(micros: number): Promise<number> {
		const known = this.#spans.find(({ from, to }) => from <= micros && micros < to);
		return known === undefined ? this.#forwardFrom(micros) : known.from;
	}

	async #forwardFrom(near: number): Promise<number> {
		const limit = this.#spans.find(({ from }) => from > near)?.from ?? this.live;
		if (this.#table !== undefined) {
			this.#addAll(near, await searchSpans(this.#table, { near, limit, preferredEnd: limit }));
		}
		return this.holding(near);
	}

	/** Adds adjacent spans that begin at `near`, except those that overlap with others. */
	#addAll(near: number, { ends, paceMicros }: SpansFound): void {
		let begin = near;
		for (const { end } of ends) {
			const [from, to] = [Math.min(begin, end), Math.max(begin, end)];
			if (this.#spans.every((span) => span.to <= from || to <= span.from)) {
				this.#spans.push({ from, to });
			}
			begin = end;
		}
		this.#spans.sort((a, b) => a.from - b.from);
		if (paceMicros !== undefined) {
			this.#stride = Math.max(1, Math.round(paceMicros * STRIDE_MESSAGES));
		}
	}

	#endingAt(near: number): Span | undefined {
		return this.#spans.find(({ to }) => to === near);
	}

	#find(span: number): Span {
		return this.#spans.find(({ from }) => from === span) ?? { from: span, to: LAST };
	}
}

/** Returns the SQL condition for times from `from` and before `to`, microseconds since the epoch. */
export function timeCondition(column: string, from: number, to: number): string {
	const bounds = [
		...(from === FIRST ? [] : [`${column} >= '${rfc3339(from)}'`]),
		...(to === LAST ? [] : [`${column} < '${rfc3339(to)}'`]),
	];
	return bounds.length === 0 ? "" : ` WHERE ${bounds.join(" AND ")}`;
}

/** Returns a time with microseconds for SQL, which accepts the years 0 to 9999 (server 1.3.0). */
function rfc3339(micros: number): string {
	const [first, last] = [Date.UTC(1, 0), Date.UTC(9999, 11)];
	const ms = Math.min(last, Math.max(first, Math.floor(micros / 1_000)));
	const rest = String(micros - Math.floor(micros / 1_000) * 1_000).padStart(3, "0");
	return `${new Date(ms).toISOString().slice(0, -1)}${rest}Z`;
}
