import { describe, expect, it } from "vitest";
import {
	clockTime,
	countdownText,
	dayLabel,
	dayOf,
	exactTime,
	isoTime,
} from "../../src/webview/ui/formatTime";
import { NOON_MS } from "./support/facts";

const DAY_MS = 24 * 60 * 60 * 1000;

describe("strange times", () => {
	// i64 max of microseconds, its negative, just outside the calendar, not a number
	const strange = [9.223372036854776e15, -9.223372036854776e15, 8.64e15 + 1, NaN, Infinity];

	it.each(strange)("%d is an unknown time", (ms) => {
		expect([clockTime(ms), exactTime(ms), dayLabel(ms, NOON_MS), isoTime(ms), dayOf(ms)]).toEqual([
			"unknown time",
			"unknown time",
			"unknown time",
			undefined,
			undefined,
		]);
	});

	it.each([0, -1, -62_135_596_800_000, 253_402_300_799_999, 8.64e15, -8.64e15])(
		"%d can be said",
		(ms) => {
			expect(() => [clockTime(ms), exactTime(ms), dayLabel(ms, NOON_MS), dayOf(ms)]).not.toThrow();
		},
	);
});

describe("a day", () => {
	it("is Today for now", () => {
		expect(dayLabel(NOON_MS, NOON_MS)).toBe("Today");
	});

	it("is Yesterday for a minute before midnight", () => {
		expect(dayLabel(NOON_MS - DAY_MS / 2 - 60_000, NOON_MS)).toBe("Yesterday");
	});

	it("is a date for two days ago", () => {
		expect(dayLabel(NOON_MS - 2 * DAY_MS, NOON_MS)).toMatch(/May 4|4 May/u);
	});

	it("has its year if that differs from the present one", () => {
		expect(dayLabel(NOON_MS - 400 * DAY_MS, NOON_MS)).toContain("2023");
	});

	it("of a server whose clock is ahead is a date", () => {
		expect(dayLabel(NOON_MS + DAY_MS, NOON_MS)).toMatch(/May 7|7 May/u);
	});
});

it("a countdown ends at one second", () => {
	expect([500, 4000, 9000].map((nowMs) => countdownText(4000, nowMs))).toEqual([
		"Next try in 4 s.",
		"Next try in 1 s.",
		"Next try in 1 s.",
	]);
});
