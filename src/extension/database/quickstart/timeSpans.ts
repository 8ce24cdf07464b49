import type { SpansFound, TimeTable } from "./spanSearch";
import { searchSpans } from "./spanSearch";

/** Micros of a time, as SQL wants it; bounds beyond the calendar are left out. */
const FIRST = Number.MIN_SAFE_INTEGER;
const LAST = Number.MAX_SAFE_INTEGER;

/** Messages of the newest span if it is cut out of more: some screens, and the rest when it is read. */
const FIRST_SPAN = 100;
/** Some messages' times tell how far back to look. A few cost no scan of the table. */
const SAMPLE = 200;
/** Messages to look for at once when one reads on. */
const READING = 5_000;
const HOUR_MICROS = 3_600_000_000;

/** From `from` on and before `to`, microseconds since the epoch on the server's clock. */
interface Span {
	readonly from: number;
	readonly to: number;
}

/** A table of messages, with a cheap look at some of it. */
export interface MessageTable extends TimeTable {
	/** Times of some messages, `limit` at most, whichever the server gives without looking far. */
	someTimes(limit: number): Promise<readonly number[]>;
}

/**
 * History of a database that numbers nothing, cut into spans of time with a bounded number of messages
 * each. A span goes by its beginning; the newest has no end.
 */
export class TimeSpans {
	readonly #table: MessageTable | undefined;
	/** In order; some may not touch each other. */
	#spans: Span[];
	/** Whether it is known that something is before the newest span. */
	readonly #isBeyondLive: boolean;
	/** How far to look for the next spans, in microseconds: as far as so many messages went before. */
	#stride = HOUR_MICROS;

	private constructor(table?: MessageTable, isBeyondLive = false) {
		this.#table = table;
		this.#isBeyondLive = isBeyondLive;
		this.#spans = [{ from: FIRST, to: LAST }];
	}

	/**
	 * The newest span goes back to `sinceMicros`: further while it holds few messages, and less far when
	 * it would hold too many.
	 */
	static async open(table: MessageTable, sinceMicros: number): Promise<TimeSpans> {
		const [count, some] = await Promise.all([table.count(FIRST, LAST), table.someTimes(SAMPLE)]);
		const found = await searchSpans(table, {
			near: LAST,
			limit: FIRST,
			wished: sinceMicros,
			size: FIRST_SPAN,
			sample: { far: FIRST, times: some, count },
		});
		const held = found.ends[0]?.count;
		// Counted before they were looked at: so what is not among them is older.
		const spans = new TimeSpans(table, held !== undefined && held < count);
		spans.#spans = [];
		spans.#addAll(LAST, found);
		return spans;
	}

	/** The newest span of a database that can't be asked: all there is. */
	static everything(): TimeSpans {
		return new TimeSpans();
	}

	get live(): number {
		return this.#spans.at(-1)?.from ?? FIRST;
	}

	/** The span that a time lies in, or else the newest. */
	holding(micros: number): number {
		return this.#spans.findLast(({ from }) => from <= micros)?.from ?? this.live;
	}

	/** The condition on a column for being in a span. */
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
		const wished = Math.max(limit, near - this.#stride);
		const found = await searchSpans(this.#table, { near, limit, wished });
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

	/** The span with what was said at a time, or else the first after it. */
	async at(micros: number): Promise<number> {
		const known = this.#spans.find(({ from, to }) => from <= micros && micros < to);
		return known === undefined ? this.#forwardFrom(micros) : known.from;
	}

	async #forwardFrom(near: number): Promise<number> {
		const limit = this.#spans.find(({ from }) => from > near)?.from ?? this.live;
		if (this.#table !== undefined) {
			this.#addAll(near, await searchSpans(this.#table, { near, limit, wished: limit }));
		}
		return this.holding(near);
	}

	/** Adds spans that follow each other from `near` on, but those that others have been put over. */
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
			this.#stride = Math.max(1, Math.round(paceMicros * READING));
		}
	}

	#endingAt(near: number): Span | undefined {
		return this.#spans.find(({ to }) => to === near);
	}

	#find(span: number): Span {
		return this.#spans.find(({ from }) => from === span) ?? { from: span, to: LAST };
	}
}

/** The condition for `from` on and before `to`, microseconds since the epoch. */
export function timeCondition(column: string, from: number, to: number): string {
	const bounds = [
		...(from === FIRST ? [] : [`${column} >= '${rfc3339(from)}'`]),
		...(to === LAST ? [] : [`${column} < '${rfc3339(to)}'`]),
	];
	return bounds.length === 0 ? "" : ` WHERE ${bounds.join(" AND ")}`;
}

/** A time with microseconds; SQL takes the years 0 to 9999 (server 1.3.0). */
function rfc3339(micros: number): string {
	const [first, last] = [Date.UTC(1, 0), Date.UTC(9999, 11)];
	const ms = Math.min(last, Math.max(first, Math.floor(micros / 1_000)));
	const rest = String(micros - Math.floor(micros / 1_000) * 1_000).padStart(3, "0");
	return `${new Date(ms).toISOString().slice(0, -1)}${rest}Z`;
}
