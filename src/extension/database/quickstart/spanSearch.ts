/** Fewest messages of a span, unless the room or the neighbouring spans leave fewer. */
const MIN_MESSAGES = 50;
/** Most messages of a span, unless more have the same time. */
const MAX_MESSAGES = 1_000;
/** Messages of a span that is cut from a longer time. */
const SPAN_MESSAGES = 500;
/**
 * Most times of one query. A query scans the table, 11 ms at 100,000 messages, of which this many times take
 * 2 ms (server 1.3.0).
 */
const MAX_TIMES = 10_000;
/** Messages up to an estimated end: the geometric mean of `MIN_MESSAGES` and `MAX_TIMES`. */
const ESTIMATE_MESSAGES = 700;
/** Most queries of one search. The span is cut without knowing its messages after that. */
const MAX_QUERIES = 24;

/** A table of messages. A range begins with `from` and ends before `to`, microseconds since the epoch. */
export interface TimeTable {
	count(from: number, to: number): Promise<number>;
	/** Returns the times of at most `limit` messages, in the order of the server. */
	times(from: number, to: number, limit: number): Promise<readonly number[]>;
}

/** The times of some messages between `far` and the beginning of a search, in the order of the server. */
interface Sample {
	readonly far: number;
	readonly times: readonly number[];
	/** The number of all messages there, if it is known. */
	readonly count?: number;
}

export interface SpanSearchRequest {
	/** The time at which the first span begins. */
	readonly near: number;
	/** The time at which the last span ends at the latest. May be older or newer than `near`. */
	readonly limit: number;
	/** The end of the first span, if the span then has neither too few nor too many messages. */
	readonly preferredEnd: number;
	/** Messages of the first span if it ends elsewhere, {@link SPAN_MESSAGES} by default. */
	readonly size?: number;
	readonly sample?: Sample;
}

/** The far end of a span, and the number of its messages if it is known. */
interface SpanEnd {
	readonly end: number;
	readonly count: number | undefined;
}

/** One or more adjacent spans, the nearest first. */
export interface SpansFound {
	readonly ends: readonly SpanEnd[];
	/** Mean time from one message to the next in microseconds, if it is known. */
	readonly paceMicros?: number;
}

/** The range of time from the beginning of a search to `far`. */
interface Range {
	readonly far: number;
	/** The times of its messages, the nearest first; unknown if they are too many. */
	readonly times: readonly number[] | undefined;
}

/** Cuts the time between `near` and `limit` into spans, beginning at `near`. */
export async function searchSpans(
	table: TimeTable,
	request: SpanSearchRequest,
): Promise<SpansFound> {
	const search = new SpanSearch(table, request);
	const { far, times } = await search.findRange();
	if (times === undefined) {
		return { ends: [{ end: far, count: undefined }] };
	}
	const [nearest, farthest] = [times[0], times.at(-1)];
	const ends = search.cut(far, times);
	return nearest === undefined || farthest === undefined || times.length < MIN_MESSAGES
		? { ends }
		: { ends, paceMicros: Math.abs(farthest - nearest) / (times.length - 1) };
}

class SpanSearch {
	readonly #table: TimeTable;
	readonly #request: SpanSearchRequest;
	/** 1 towards newer messages, -1 towards older ones. */
	readonly #direction: number;

	constructor(table: TimeTable, request: SpanSearchRequest) {
		this.#table = table;
		this.#request = request;
		this.#direction = Math.sign(request.limit - request.near);
	}

	/** Finds a range with enough messages, and not with too many for one query. */
	async findRange(): Promise<Range> {
		const { near, limit, preferredEnd } = this.#request;
		let { sample } = this.#request;
		/** The farthest end of a range that has too few messages. */
		let tooNear = near;
		/** Queries since the last one that found too many messages. */
		let misses = 1;
		let far = await this.#firstEnd();
		for (let queries = 0; queries < MAX_QUERIES; queries++) {
			const times = await this.#table.times(...this.#between(far), MAX_TIMES + 1);
			if (times.length > MAX_TIMES) {
				sample = { far, times };
				misses = 0;
			} else if (times.length >= MIN_MESSAGES || far === limit) {
				return { far, times: this.#nearestFirst(times) };
			} else {
				tooNear = far;
			}
			if (sample === undefined) {
				far = limit;
				continue;
			}
			const enough = this.#enough(sample);
			const tooFar = sample.far;
			const isOpen = (end: number) =>
				this.#isNearer(tooNear, end) && !this.#isNearer(enough, end) && end !== tooFar;
			if (isOpen(preferredEnd)) {
				far = preferredEnd;
				continue;
			}
			const width = enough - tooNear;
			const middle = tooNear + Math.trunc(width / 2);
			// Many messages may have one time, so some ends are tried close to the known one.
			const close = enough - this.#direction * Math.floor(Math.sqrt(Math.abs(width)));
			const estimate = misses === 0 ? await this.#estimate(sample) : undefined;
			const ends = misses % 2 === 0 ? [estimate, close, enough] : [middle, close, enough];
			misses++;
			const next = ends.find((end) => end !== undefined && isOpen(end));
			if (next === undefined) {
				break;
			}
			far = next;
		}
		return { far: sample === undefined ? limit : this.#enough(sample), times: undefined };
	}

	/** Cuts a range into spans, the nearest first. */
	cut(far: number, times: readonly number[]): readonly SpanEnd[] {
		const { limit, preferredEnd, size = SPAN_MESSAGES } = this.#request;
		const ends: SpanEnd[] = [];
		let done = 0;
		if (!this.#isNearer(far, preferredEnd)) {
			const within =
				times.findLastIndex((time) => !this.#isNearer(preferredEnd, this.#endAt(time))) + 1;
			if (within >= MIN_MESSAGES && within <= MAX_MESSAGES) {
				ends.push({ end: preferredEnd, count: within });
				done = within;
			}
		}
		for (;;) {
			const aim = ends.length === 0 ? size : SPAN_MESSAGES;
			if (times.length - done < aim + MIN_MESSAGES) {
				break;
			}
			const next = nextCut(times, done, aim);
			ends.push({ end: this.#endAt(times[next - 1] ?? far), count: next - done });
			done = next;
		}
		const rest = times.length - done;
		const last = ends.at(-1);
		if (last === undefined || rest >= MIN_MESSAGES) {
			ends.push({ end: far, count: rest });
		} else if (far === limit) {
			ends.splice(-1, 1, { end: far, count: (last.count ?? 0) + rest });
		}
		return ends;
	}

	async #firstEnd(): Promise<number> {
		const { limit, preferredEnd, sample } = this.#request;
		if (sample === undefined) {
			return preferredEnd;
		}
		if ((sample.count ?? Infinity) <= MAX_TIMES) {
			return limit;
		}
		const estimate = await this.#estimate(sample);
		return this.#isNearer(preferredEnd, estimate) ? estimate : preferredEnd;
	}

	/**
	 * Estimates the end of a span from a sample. A server mostly returns rows in the order in which they were
	 * written. Then the sample has the oldest messages, and later ones are assumed to be as frequent. In any
	 * other order, the sample is assumed to be evenly spread.
	 */
	async #estimate({ far, times, count }: Sample): Promise<number> {
		const nearest = this.#nearestFirst(times);
		if (this.#direction > 0 && isInOrder(times)) {
			return this.#endAt(nearest[ESTIMATE_MESSAGES] ?? far);
		}
		const all = count ?? (await this.#table.count(...this.#between(far)));
		if (!isInOrder(times)) {
			const index = Math.max(
				MIN_MESSAGES - 1,
				Math.floor((ESTIMATE_MESSAGES * times.length) / all),
			);
			return this.#endAt(nearest[index] ?? far);
		}
		const [newest = far, oldest = far] = [nearest[0], nearest.at(-1)];
		return Math.round(
			oldest + ((newest - oldest) / (times.length - 1)) * (all - ESTIMATE_MESSAGES),
		);
	}

	/** Returns the nearest end known to give a span enough messages. */
	#enough({ far, times }: Sample): number {
		const time = this.#nearestFirst(times)[MIN_MESSAGES - 1];
		return time === undefined ? far : this.#endAt(time);
	}

	/** Returns the nearest end of a span that includes messages of a time. */
	#endAt(time: number): number {
		return this.#direction > 0 ? time + 1 : time;
	}

	#between(far: number): [from: number, to: number] {
		const { near } = this.#request;
		return this.#direction > 0 ? [near, far] : [far, near];
	}

	#isNearer(one: number, other: number): boolean {
		return (other - one) * this.#direction > 0;
	}

	#nearestFirst(times: readonly number[]): number[] {
		return times.toSorted((a, b) => (a - b) * this.#direction);
	}
}

/** Returns true for times in rising order, apart from a few. */
function isInOrder(times: readonly number[]): boolean {
	const back = times.filter((time, index) => time < (times[index - 1] ?? time));
	return back.length * 50 <= times.length;
}

/** Returns the index in `times` after a span of about `size` that begins at `done`. Equal times stay together. */
function nextCut(times: readonly number[], done: number, size: number): number {
	const time = times[done + size - 1];
	const [first, last] = [times.indexOf(time ?? 0), times.lastIndexOf(time ?? 0)];
	return last + 1 - done > MAX_MESSAGES && first - done >= MIN_MESSAGES ? first : last + 1;
}
