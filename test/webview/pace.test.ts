import { expect, test } from "vitest";
import { Pace } from "../../src/webview/log/drawBudget";

/** How many a frame draws after some frames that took so long for each entry, in milliseconds. */
function mostAfter(...eachMs: readonly number[]): number {
	const pace = new Pace();
	for (const ms of eachMs) {
		pace.took(pace.most, ms * pace.most);
	}
	return pace.most;
}

test("a frame draws what fits into eight milliseconds by the frames before, but 24 to 80", () => {
	const often = (ms: number) => Array.from({ length: 30 }, () => ms);
	expect(
		[[], often(0.05), often(0.16), often(0.2), often(5)].map((ms) => mostAfter(...ms)),
	).toEqual([80, 80, 50, 40, 24]);
});

test("a frame that something else held up is soon forgotten", () => {
	const quick = Array.from({ length: 10 }, () => 0.1);
	expect([mostAfter(...quick, 50) < 80, mostAfter(...quick, 50, ...quick) > 70]).toEqual([
		true,
		true,
	]);
});

test("a frame with few new entries says nothing of what they cost", () => {
	const pace = new Pace();
	pace.took(1, 20);
	expect(pace.most).toBe(80);
});
