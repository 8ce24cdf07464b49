import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ToHost } from "../../src/shared/requests";
import type { Model } from "../../src/webview/model/model";
import { ReadReporter, seenSeq } from "../../src/webview/log/readReporter";
import { ALL_FEATURES, message, modelOf, post, roomAt } from "./support/facts";

const entries = [1, 2].map((seq) => message(`k${seq}`, { post: post(seq) }));
const here = { isVisible: true, isAtEnd: true };
const talking = (part = {}): Model => modelOf({ entries, features: ALL_FEATURES, ...part });

describe("the read mark", () => {
	it.each([
		["at the end", talking(), here, 2],
		["further up", talking(), { ...here, isAtEnd: false }, undefined],
		["hidden", talking(), { ...here, isVisible: false }, undefined],
		[
			"of an older view range",
			talking({ edges: { older: "none", newer: "more" } }),
			here,
			undefined,
		],
		["of a quickstart database", modelOf({ entries }), here, undefined],
	])("%s", (_what, model, reading, seq) => {
		expect(seenSeq(model, reading)).toBe(seq);
	});

	describe("is reported", () => {
		beforeEach(() => void vi.useFakeTimers());
		afterEach(() => void vi.useRealTimers());

		it("once a second, and only when it grows", () => {
			const posted: ToHost[] = [];
			let model = talking();
			const reporter = new ReadReporter(
				(one) => posted.push(one),
				() => ({ model, reading: here }),
			);
			const grow = (seq: number): void => {
				model = talking({ entries: [...entries, message(`k${seq}`, { post: post(seq) })] });
				reporter.check();
			};
			reporter.check();
			reporter.check();
			grow(3);
			grow(4);
			const atOnce = posted.length;
			vi.advanceTimersByTime(5_000);
			expect([atOnce, posted]).toEqual([
				1,
				[
					{ type: "seen", target: roomAt(1), seq: 2 },
					{ type: "seen", target: roomAt(1), seq: 4 },
				],
			]);
		});
	});
});
