/** Micros of a time, as SQL wants it; bounds beyond the calendar are left out. */
const FIRST = Number.MIN_SAFE_INTEGER;
const LAST = Number.MAX_SAFE_INTEGER;

/** A span holds so many messages, if they can be told apart by time and the room has as many. */
const FEW = 50;
const MANY = 1_000;
/** Counts asked for one span: each is a scan of the table (server 1.3.0), 0.1 s at a million rows. */
const MAX_COUNTS = 24;
const HOUR_MICROS = 3_600_000_000;

/** From `from` on and before `to`, microseconds since the epoch on the server's clock. */
interface Span {
	readonly from: number;
	readonly to: number;
}

/** How many messages there are from `from` on and before `to`. */
export type CountBetween = (from: number, to: number) => Promise<number>;

/**
 * History of a database that numbers nothing, cut into spans of time with a bounded number of messages
 * each. A span goes by its beginning; the newest has no end.
 */
export class TimeSpans {
	readonly #count: CountBetween;
	/** In order; some may not touch each other. */
	#spans: Span[];

	private constructor(count: CountBetween, live: Span) {
		this.#count = count;
		this.#spans = [live];
	}

	/**
	 * The newest span goes back to `sinceMicros`: further while it holds few messages, and less far when
	 * it would hold too many.
	 */
	static async open(
		count: CountBetween,
		nowMicros: number,
		sinceMicros: number,
	): Promise<TimeSpans> {
		const from = await farEnd(nowMicros, FIRST, nowMicros - sinceMicros, (far) => count(far, LAST));
		return new TimeSpans(count, { from, to: LAST });
	}

	/** The newest span of a database that can't be asked: all there is. */
	static everything(): TimeSpans {
		return new TimeSpans(async () => Promise.resolve(0), { from: FIRST, to: LAST });
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
		return from !== FIRST && (await this.#count(FIRST, from)) > 0;
	}

	async olderThan(span: number): Promise<number | undefined> {
		const near = this.#find(span).from;
		const known = this.#spans.find(({ to }) => to === near);
		if (known !== undefined || near === FIRST) {
			return known?.from;
		}
		if (!(await this.hasOlderThan(span))) {
			return undefined;
		}
		const limit = Math.max(FIRST, ...this.#spans.filter(({ to }) => to < near).map(({ to }) => to));
		const from = await farEnd(near, limit, HOUR_MICROS, (far) => this.#count(far, near));
		return this.#add({ from, to: near });
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
		const next = this.#spans.find(({ from }) => from > near)?.from ?? this.live;
		const to = await farEnd(near, next, HOUR_MICROS, (far) => this.#count(near, far));
		return this.#add({ from: near, to });
	}

	#add(span: Span): number {
		this.#spans = [...this.#spans.filter(({ from }) => from !== span.from), span].sort(
			(a, b) => a.from - b.from,
		);
		return span.from;
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

/**
 * Where a span that begins or ends at `near` has its other end: `width` away, or so far that it holds
 * neither few messages nor many, and at `limit` at the farthest.
 */
async function farEnd(
	near: number,
	limit: number,
	width: number,
	countTo: (far: number) => Promise<number>,
): Promise<number> {
	const direction = Math.sign(limit - near);
	const longest = Math.abs(limit - near);
	let [tooNear, tooFar, step] = [near, limit, Math.max(1, Math.round(width))];
	let isBracketed = false;
	for (let asked = 0; asked < MAX_COUNTS && Math.abs(tooFar - tooNear) > 1; asked++) {
		const far = isBracketed
			? Math.round(tooNear + (tooFar - tooNear) / 2)
			: near + direction * Math.min(step, longest);
		const found = await countTo(far);
		if (found > MANY) {
			tooFar = far;
			isBracketed = true;
		} else if (found >= FEW || far === limit) {
			return far;
		} else {
			tooNear = far;
			step *= 4;
			if (asked === 0 && (await countTo(limit)) <= MANY) {
				return limit;
			}
		}
	}
	return tooFar;
}

/** A time with microseconds; SQL takes the years 0 to 9999 (server 1.3.0). */
function rfc3339(micros: number): string {
	const [first, last] = [Date.UTC(1, 0), Date.UTC(9999, 11)];
	const ms = Math.min(last, Math.max(first, Math.floor(micros / 1_000)));
	const rest = String(micros - Math.floor(micros / 1_000) * 1_000).padStart(3, "0");
	return `${new Date(ms).toISOString().slice(0, -1)}${rest}Z`;
}
