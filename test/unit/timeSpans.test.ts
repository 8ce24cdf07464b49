import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { timeCondition, TimeSpans } from "../../src/extension/database/quickstart/timeSpans";

const HOUR_MICROS = 3_600_000_000;
const YEAR_MICROS = 365 * 24 * HOUR_MICROS;
const [FIRST, LAST] = [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
const NOW_MICROS = Date.UTC(2026, 4, 6, 12) * 1_000;

type Order = "as written" | "newest first" | "mixed";

/** A table of messages sent at these times, which records its scans. */
function tableOf(times: readonly number[], order: Order = "as written") {
	const sorted = times.toSorted((a, b) => a - b);
	const stored = {
		"as written": sorted,
		"newest first": sorted.toReversed(),
		mixed: mixed(sorted),
	};
	const rows = stored[order];
	const scans: string[] = [];
	return {
		scans,
		count: async (from: number, to: number) => {
			if (from !== FIRST || to !== LAST) {
				scans.push(`count ${from} to ${to}`);
			}
			return Promise.resolve(between(sorted, from, to).length);
		},
		times: async (from: number, to: number, limit: number) => {
			scans.push(`times ${from} to ${to}`);
			const found =
				order === "as written"
					? between(sorted, from, to)
					: rows.filter((time) => from <= time && time < to);
			return Promise.resolve(found.slice(0, limit));
		},
		someTimes: async (limit: number) => Promise.resolve(rows.slice(0, limit)),
	};
}

/** Returns the times from one time on and before another, of sorted times. */
function between(sorted: readonly number[], from: number, to: number): readonly number[] {
	const [first, last] = [from, to].map((end) => {
		let [low, high] = [0, sorted.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			[low, high] = sorted[middle]! < end ? [middle + 1, high] : [low, middle];
		}
		return low;
	});
	return sorted.slice(first, last);
}

/** Returns the same times on each run, unsorted. */
function mixed(times: readonly number[]): number[] {
	return times
		.map((time, index) => ({ time, place: Math.imul(index + 1, 0x9e3779b1) >>> 0 }))
		.sort((a, b) => a.place - b.place)
		.map(({ time }) => time);
}

/** Returns regular times, the last one some time ago. */
function every(micros: number, count: number, agoMicros = 0): number[] {
	return Array.from({ length: count }, (_, index) => NOW_MICROS - agoMicros - index * micros - 1);
}

async function opened(times: readonly number[], { hours = 24, order }: Opening = {}) {
	const table = tableOf(times, order);
	const spans = await TimeSpans.open(table, NOW_MICROS - hours * HOUR_MICROS);
	const held = times.filter((time) => time >= spans.live).length;
	return { spans, table, held, scans: table.scans.length };
}

interface Opening {
	readonly hours?: number;
	readonly order?: Order | undefined;
}

test("a day with some hundred messages is opened as requested", async () => {
	const { spans } = await opened(every(HOUR_MICROS / 10, 5_000));
	expect(spans.live).toBe(NOW_MICROS - 24 * HOUR_MICROS);
});

test("a period with few messages goes further back", async () => {
	const { held } = await opened(every(HOUR_MICROS * 10, 5_000));
	expect(held >= 50 && held <= 1_000).toBe(true);
});

test("a period with too many messages goes less far back", async () => {
	const { held } = await opened(every(HOUR_MICROS / 10_000, 50_000));
	expect(held >= 50 && held <= 1_000).toBe(true);
});

test("a room with few messages is opened completely, without older ones", async () => {
	const { spans, held } = await opened(every(HOUR_MICROS * 24 * 365, 10));
	expect([held, await spans.olderThan(spans.live)]).toEqual([10, undefined]);
});

test.each([0, 1, 49, 50, 51, 1_000, 1_001, 9_999, 10_000, 10_001, 30_000])(
	"a room of %d messages that end two years ago is opened with few, and older ones remain",
	async (count) => {
		const { spans, held, scans } = await opened(every(HOUR_MICROS, count, 2 * YEAR_MICROS));
		const isBounded = held >= Math.min(50, count) && held <= 1_000;
		const older = await spans.hasOlderThan(spans.live);
		expect([isBounded, older, scans <= 2]).toEqual([true, held < count, true]);
	},
);

describe("a hundred thousand messages are opened with scans", () => {
	/** The messages of a day lie within eight hours. */
	const days = every(HOUR_MICROS / 100, 100_000).map((time) => {
		const day = 24 * HOUR_MICROS;
		return Math.floor(time / day) * day + Math.round((time % day) / 3);
	});
	/** Each year has twice the messages of the last. */
	const growing = Array.from({ length: 100_000 }, (_, index) =>
		Math.round(NOW_MICROS - YEAR_MICROS * Math.log2(100_000 / (index + 1)) - 1),
	);
	const ago = (times: readonly number[]) => times.map((time) => time - 2 * YEAR_MICROS);

	test.each<[string, number[], number, Order?]>([
		["few a day, until now", every(HOUR_MICROS / 10, 100_000), 1],
		["many a day, until now", every(HOUR_MICROS / 10_000, 100_000), 3],
		["until two years ago", ago(every(HOUR_MICROS / 100, 100_000)), 1],
		["in office hours, until now", days, 2],
		["in office hours, until two years ago", ago(days), 4],
		["more and more, until now", growing, 1],
		["more and more, until two years ago", ago(growing), 9],
		["on a clock ten years ahead", every(HOUR_MICROS / 100, 100_000, -10 * YEAR_MICROS), 3],
		["in no order, until now", every(HOUR_MICROS / 100, 100_000), 3, "mixed"],
		["in no order, until two years ago", ago(days), 4, "mixed"],
		["newest first, until two years ago", ago(days), 1, "newest first"],
	])("%s", async (_, times, most, order) => {
		const { held, scans } = await opened(times, { order });
		expect({ isBounded: held >= 50 && held <= 1_000, scans }).toEqual({
			isBounded: true,
			scans: Math.min(scans, most),
		});
	});
});

test.each([3_000, 30_000])("%d messages of one moment are one span", async (count) => {
	const times = Array.from({ length: count }, () => NOW_MICROS - 5);
	const { spans, held } = await opened(times);
	expect([held, await spans.olderThan(spans.live)]).toEqual([count, undefined]);
});

test("pages found during the search for another are not searched again", async () => {
	const { spans, table } = await opened(every(HOUR_MICROS, 9_000));
	const before = table.scans.length;
	const older = await spans.olderThan(spans.live);
	await spans.olderThan(older!);
	expect([older! < spans.live, table.scans.length - before]).toEqual([true, 0]);
});

test("scrolling back through a hundred thousand messages takes one query for every few thousand", async () => {
	const { spans, table } = await opened(every(HOUR_MICROS / 100, 100_000));
	let span: number | undefined = spans.live;
	while (span !== undefined) {
		span = await spans.olderThan(span);
	}
	expect(table.scans.length <= 30).toBe(true);
});

test("a time is found in its span, or in the next one", async () => {
	const times = every(HOUR_MICROS, 2_000);
	const { spans } = await opened(times);
	const there = await spans.at(times[1_500]! - 10);
	const soon = await spans.at(NOW_MICROS + HOUR_MICROS);
	expect([spans.holding(times[1_500]!), soon]).toEqual([there, spans.live]);
});

/** Bursts of messages, each after a silence of up to years: the number of messages, and their interval. */
const bursts = fc.array(
	fc.record({
		silence: fc.oneof(fc.nat({ max: 1_000 }), fc.nat({ max: 5 * YEAR_MICROS })),
		count: fc.oneof(fc.nat({ max: 60 }), fc.nat({ max: 3_000 }), fc.nat({ max: 12_000 })),
		apart: fc.oneof(fc.constant(0), fc.nat({ max: 1_000 }), fc.nat({ max: HOUR_MICROS })),
	}),
	{ minLength: 1, maxLength: 6 },
);

/** Returns the times of bursts; the last message lies before or after the current time. */
function timesOf(some: readonly Burst[], aheadMicros: number): number[] {
	const times: number[] = [];
	let time = 0;
	for (const { silence, count, apart } of some) {
		time += silence;
		for (let index = 0; index < count; index++) {
			times.push((time += apart));
		}
	}
	const shift = NOW_MICROS + aheadMicros - time;
	return times.map((one) => one + shift);
}

interface Burst {
	readonly silence: number;
	readonly count: number;
	readonly apart: number;
}

const clock = fc.oneof(fc.constant(0), fc.integer({ min: -3 * YEAR_MICROS, max: 3 * YEAR_MICROS }));
const anyOrder = fc.constantFrom<Order>("as written", "newest first", "mixed");

/** Checks the sizes of spans, where messages of one moment count as one. */
function isBounded(within: readonly number[], mayBeFew: boolean): boolean {
	const moments = new Map<number, number>();
	for (const time of within) {
		moments.set(time, (moments.get(time) ?? 0) + 1);
	}
	const greatest = Math.max(0, ...moments.values());
	return (within.length >= 50 || mayBeFew) && within.length <= 1_050 + greatest;
}

test("the first span is bounded for any distribution of messages, and found with few scans", async () => {
	await fc.assert(
		fc.asyncProperty(bursts, clock, anyOrder, async (some, ahead, order) => {
			const times = timesOf(some, ahead);
			const { spans, held, scans } = await opened(times, { order });
			const within = times.filter((time) => time >= spans.live);
			const older = await spans.hasOlderThan(spans.live);
			expect([isBounded(within, held === times.length), older, scans <= 24]).toEqual([
				true,
				held < times.length,
				true,
			]);
		}),
		{ numRuns: 150 },
	);
});

test("scrolling back and forth shows every message once and in order, after any jump", async () => {
	const place = fc.double({ min: 0, max: 1, noNaN: true });
	await fc.assert(
		fc.asyncProperty(bursts, clock, anyOrder, place, async (some, ahead, order, jump) => {
			const times = timesOf(some, ahead);
			const { spans } = await opened(times, { order });
			// The first jump makes spans with a gap between them.
			await spans.at(times[Math.floor(jump * (times.length - 1))] ?? 0);
			const back = [spans.live];
			for (;;) {
				const older = await spans.olderThan(back[0]!);
				if (older === undefined) {
					break;
				}
				back.unshift(older);
			}
			const forth = [back[0]!];
			for (;;) {
				const newer = await spans.newerThan(forth.at(-1)!);
				if (newer === undefined) {
					break;
				}
				forth.push(newer);
			}
			const ends = back.map((span, index) => between(times, span, back[index + 1] ?? LAST));
			expect({
				isAll: back[0]! <= (times[0] ?? LAST),
				isBounded: ends.every((within) => isBounded(within, true)),
				forth,
			}).toEqual({ isAll: true, isBounded: true, forth: back });
		}),
		{ numRuns: 50 },
	);
});

test.each([
	[Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, ""],
	[0, Number.MAX_SAFE_INTEGER, " WHERE sent >= '1970-01-01T00:00:00.000000Z'"],
	[-1, 1, " WHERE sent >= '1969-12-31T23:59:59.999999Z' AND sent < '1970-01-01T00:00:00.000001Z'"],
	[
		1_000_001,
		8e15,
		" WHERE sent >= '1970-01-01T00:00:01.000001Z' AND sent < '2223-07-06T14:13:20.000000Z'",
	],
])("from %d to %d is%s", (from, to, condition) => {
	expect(timeCondition("sent", from, to)).toBe(condition);
});
