/** A span has no fewer messages, unless its room has no more, or others leave no more to it. */
const FEW = 50;
/** No span has more, unless time can't tell them apart. */
const MANY = 1_000;
/** Messages of a span that is cut out of more. */
const LATER_SPAN = 500;
/**
 * Times that are asked for at once. A look is a scan of the table, 11 ms at 100,000 messages, and so many
 * times are 2 ms of it (server 1.3.0).
 */
const MANY_TIMES = 10_000;
/** What a look at a guessed place is to see: between few and `MANY_TIMES`, by ratio. */
const AIM = 700;
/** Looks for one search. What is left then is taken unseen. */
const MAX_LOOKS = 24;

/** What is asked of a table of messages: `from` on and before `to`, microseconds since the epoch. */
export interface TimeTable {
	count(from: number, to: number): Promise<number>;
	/** Times of messages, `limit` at most: any of them if there are more, as the server has them. */
	times(from: number, to: number, limit: number): Promise<readonly number[]>;
}

/** Times of some of the messages between `far` and where a search begins, as the server has them. */
interface Sample {
	readonly far: number;
	readonly times: readonly number[];
	/** How many messages there are, if that was counted. */
	readonly count?: number;
}

export interface SpanSearchRequest {
	/** Where the spans begin, going towards `limit`; one of both is the newer. */
	readonly near: number;
	readonly limit: number;
	/** Where the first span is to end, if it has neither few messages then nor many. */
	readonly wished: number;
	/** Messages of the first span if it can't end there, {@link LATER_SPAN} unless told. */
	readonly size?: number;
	readonly sample?: Sample;
}

/** The far end of a span, and how many messages it has, if that is known. */
interface SpanEnd {
	readonly end: number;
	readonly count: number | undefined;
}

/** Spans that follow each other, the nearest first: one at least, and as many as were seen. */
export interface SpansFound {
	readonly ends: readonly SpanEnd[];
	/** Microseconds from one message to the next, if some were seen. */
	readonly paceMicros?: number;
}

/** A stretch of time that was looked at. */
interface Seen {
	readonly far: number;
	/** Those in it, the nearest first; unknown if there are too many. */
	readonly times: readonly number[] | undefined;
}

/** Cuts what lies between `near` and `limit` into spans, from `near` on. */
export async function searchSpans(table: TimeTable, wish: SpanSearchRequest): Promise<SpansFound> {
	const search = new SpanSearch(table, wish);
	const { far, times } = await search.look();
	if (times === undefined) {
		return { ends: [{ end: far, count: undefined }] };
	}
	const [nearest, farthest] = [times[0], times.at(-1)];
	const ends = search.cut(far, times);
	return nearest === undefined || farthest === undefined || times.length < FEW
		? { ends }
		: { ends, paceMicros: Math.abs(farthest - nearest) / (times.length - 1) };
}

class SpanSearch {
	readonly #table: TimeTable;
	readonly #wish: SpanSearchRequest;
	/** 1 towards what is newer, -1 towards what is older. */
	readonly #direction: number;

	constructor(table: TimeTable, wish: SpanSearchRequest) {
		this.#table = table;
		this.#wish = wish;
		this.#direction = Math.sign(wish.limit - wish.near);
	}

	/** Looks further until there are enough messages, and less far when there are too many to see. */
	async look(): Promise<Seen> {
		const { near, limit, wished } = this.#wish;
		let { sample } = this.#wish;
		let few = near;
		/** Looks at places for which there was no reason, since something new was learned. */
		let misses = 1;
		let far = await this.#first();
		for (let looks = 0; looks < MAX_LOOKS; looks++) {
			const times = await this.#table.times(...this.#between(far), MANY_TIMES + 1);
			if (times.length > MANY_TIMES) {
				sample = { far, times };
				misses = 0;
			} else if (times.length >= FEW || far === limit) {
				return { far, times: this.#nearestFirst(times) };
			} else {
				few = far;
			}
			if (sample === undefined) {
				far = limit;
				continue;
			}
			const enough = this.#enough(sample);
			const tooFar = sample.far;
			const isOpen = (end: number) =>
				this.#isNearer(few, end) && !this.#isNearer(enough, end) && end !== tooFar;
			if (isOpen(wished)) {
				far = wished;
				continue;
			}
			const width = enough - few;
			const middle = few + Math.trunc(width / 2);
			// Much may lie at one moment, so it is looked for near to what is known, too.
			const close = enough - this.#direction * Math.floor(Math.sqrt(Math.abs(width)));
			const guess = misses === 0 ? await this.#guess(sample) : undefined;
			const ends = misses % 2 === 0 ? [guess, close, enough] : [middle, close, enough];
			misses++;
			const next = ends.find((end) => end !== undefined && isOpen(end));
			if (next === undefined) {
				break;
			}
			far = next;
		}
		return { far: sample === undefined ? limit : this.#enough(sample), times: undefined };
	}

	/** The spans of what was seen, the nearest first. */
	cut(far: number, times: readonly number[]): readonly SpanEnd[] {
		const { limit, wished, size = LATER_SPAN } = this.#wish;
		const ends: SpanEnd[] = [];
		let done = 0;
		if (!this.#isNearer(far, wished)) {
			const within = times.findLastIndex((time) => !this.#isNearer(wished, this.#endAt(time))) + 1;
			if (within >= FEW && within <= MANY) {
				ends.push({ end: wished, count: within });
				done = within;
			}
		}
		for (;;) {
			const wanted = ends.length === 0 ? size : LATER_SPAN;
			if (times.length - done < wanted + FEW) {
				break;
			}
			const next = nextCut(times, done, wanted);
			ends.push({ end: this.#endAt(times[next - 1] ?? far), count: next - done });
			done = next;
		}
		const rest = times.length - done;
		const last = ends.at(-1);
		if (last === undefined || rest >= FEW) {
			ends.push({ end: far, count: rest });
		} else if (far === limit) {
			ends.splice(-1, 1, { end: far, count: (last.count ?? 0) + rest });
		}
		return ends;
	}

	async #first(): Promise<number> {
		const { limit, wished, sample } = this.#wish;
		if (sample === undefined) {
			return wished;
		}
		if ((sample.count ?? Infinity) <= MANY_TIMES) {
			return limit;
		}
		const guess = await this.#guess(sample);
		return this.#isNearer(wished, guess) ? guess : wished;
	}

	/**
	 * Where a span may end, by what was seen. A server gives rows in the order in which they were written,
	 * mostly: then these are the oldest, and the others came as fast. Else they are like the others.
	 */
	async #guess({ far, times, count }: Sample): Promise<number> {
		const nearest = this.#nearestFirst(times);
		if (this.#direction > 0 && isInOrder(times)) {
			return this.#endAt(nearest[AIM] ?? far);
		}
		const all = count ?? (await this.#table.count(...this.#between(far)));
		if (!isInOrder(times)) {
			const index = Math.max(FEW - 1, Math.floor((AIM * times.length) / all));
			return this.#endAt(nearest[index] ?? far);
		}
		const [newest = far, oldest = far] = [nearest[0], nearest.at(-1)];
		return Math.round(oldest + ((newest - oldest) / (times.length - 1)) * (all - AIM));
	}

	/** A span that ends there has enough messages. */
	#enough({ far, times }: Sample): number {
		const time = this.#nearestFirst(times)[FEW - 1];
		return time === undefined ? far : this.#endAt(time);
	}

	/** The nearest end of a span that has what was sent at a time. */
	#endAt(time: number): number {
		return this.#direction > 0 ? time + 1 : time;
	}

	#between(far: number): [from: number, to: number] {
		const { near } = this.#wish;
		return this.#direction > 0 ? [near, far] : [far, near];
	}

	#isNearer(one: number, other: number): boolean {
		return (other - one) * this.#direction > 0;
	}

	#nearestFirst(times: readonly number[]): number[] {
		return times.toSorted((a, b) => (a - b) * this.#direction);
	}
}

/** Whether times are as they came, but for a few. */
function isInOrder(times: readonly number[]): boolean {
	const back = times.filter((time, index) => time < (times[index - 1] ?? time));
	return back.length * 50 <= times.length;
}

/** How many of `times` are in a span that is to have `size` from `done` on: equal ones stay together. */
function nextCut(times: readonly number[], done: number, size: number): number {
	const time = times[done + size - 1];
	const [first, last] = [times.indexOf(time ?? 0), times.lastIndexOf(time ?? 0)];
	return last + 1 - done > MANY && first - done >= FEW ? first : last + 1;
}
