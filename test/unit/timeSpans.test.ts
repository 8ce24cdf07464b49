import fc from "fast-check";
import { expect, test } from "vitest";
import { timeCondition, TimeSpans } from "../../src/extension/backend/timeSpans";

const HOUR_MICROS = 3_600_000_000;
const NOW_MICROS = Date.UTC(2026, 4, 6, 12) * 1_000;

/** A table of messages sent at these times, with the counts that were asked of it. */
function roomOf(times: readonly number[]) {
	const asked: [number, number][] = [];
	return {
		asked,
		count: async (from: number, to: number) => {
			asked.push([from, to]);
			return Promise.resolve(times.filter((time) => from <= time && time < to).length);
		},
	};
}

/** One message every so often, the last one now. */
function every(micros: number, count: number): number[] {
	return Array.from({ length: count }, (_, index) => NOW_MICROS - index * micros - 1);
}

async function opened(times: readonly number[], hours = 24) {
	const room = roomOf(times);
	const spans = await TimeSpans.open(room.count, NOW_MICROS, NOW_MICROS - hours * HOUR_MICROS);
	return { spans, room, held: times.filter((time) => time >= spans.live).length };
}

test("a window of a day with some hundred messages is opened as wished", async () => {
	const { spans } = await opened(every(HOUR_MICROS / 10, 5_000));
	expect(spans.live).toBe(NOW_MICROS - 24 * HOUR_MICROS);
});

test("a window that would hold few messages goes further back", async () => {
	const { held } = await opened(every(HOUR_MICROS * 10, 5_000));
	expect(held >= 50 && held <= 1_000).toBe(true);
});

test("a window that would hold too many goes less far back", async () => {
	const { held } = await opened(every(HOUR_MICROS / 10_000, 50_000));
	expect(held >= 50 && held <= 1_000).toBe(true);
});

test("a room with few messages is opened whole, and nothing is before", async () => {
	const { spans, held } = await opened(every(HOUR_MICROS * 24 * 365, 10));
	expect([held, await spans.olderThan(spans.live)]).toEqual([10, undefined]);
});

test("a room of a hundred thousand messages is opened with a few counts", async () => {
	const { room } = await opened(every(HOUR_MICROS / 100, 100_000));
	expect(room.asked.length <= 10).toBe(true);
});

test("as many messages at one moment as can't be told apart are one span", async () => {
	const times = Array.from({ length: 3_000 }, () => NOW_MICROS - 5);
	const { spans, held } = await opened(times);
	expect([held, await spans.olderThan(spans.live)]).toEqual([3_000, undefined]);
});

test("a time is found in the span that holds it, and in the next where none does", async () => {
	const times = every(HOUR_MICROS, 2_000);
	const { spans } = await opened(times);
	const there = await spans.at(times[1_500]! - 10);
	const soon = await spans.at(NOW_MICROS + HOUR_MICROS);
	expect([spans.holding(times[1_500]!), soon]).toEqual([there, spans.live]);
});

test("walking back and forth meets every message once and in order, wherever one jumps to", async () => {
	const gap = fc.oneof(fc.nat({ max: 1_000 }), fc.nat({ max: HOUR_MICROS * 100 }));
	await fc.assert(
		fc.asyncProperty(
			fc.array(gap, { minLength: 1, maxLength: 6_000, size: "max" }),
			fc.double({ min: 0, max: 1, noNaN: true }),
			async (gaps, jump) => {
				let time = NOW_MICROS - gaps.reduce((sum, some) => sum + some, 0) - 1;
				const times = gaps.map((some) => (time += some));
				const { spans } = await opened(times);
				const within = (span: number, next: number | undefined) =>
					times.filter((some) => some >= span && (next === undefined || some < next));
				// Jump somewhere first, so that there are spans with a gap between them.
				await spans.at(times[Math.floor(jump * (times.length - 1))]!);
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
				const met = back.flatMap((span, index) => within(span, back[index + 1]));
				expect([met, forth]).toEqual([times, back]);
			},
		),
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
