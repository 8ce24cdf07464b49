import { expect, test } from "vitest";
import { DrawBudget } from "../../src/webview/log/drawBudget";

/** Returns the limit after frames with these milliseconds for each entry. */
function limitAfter(...eachMs: readonly number[]): number {
	const budget = new DrawBudget();
	for (const ms of eachMs) {
		budget.record(budget.maxEntries, ms * budget.maxEntries);
	}
	return budget.maxEntries;
}

test("a frame draws as many entries as took eight milliseconds before, from 24 to 80", () => {
	const often = (ms: number) => Array.from({ length: 30 }, () => ms);
	expect(
		[[], often(0.05), often(0.16), often(0.2), often(5)].map((ms) => limitAfter(...ms)),
	).toEqual([80, 80, 50, 40, 24]);
});

test("one delayed frame lowers the limit only for a few frames", () => {
	const quick = Array.from({ length: 10 }, () => 0.1);
	expect([limitAfter(...quick, 50) < 80, limitAfter(...quick, 50, ...quick) > 70]).toEqual([
		true,
		true,
	]);
});

test("a frame with few new entries changes no limit", () => {
	const budget = new DrawBudget();
	budget.record(1, 20);
	expect(budget.maxEntries).toBe(80);
});
