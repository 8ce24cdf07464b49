import { expect, it } from "vitest";
import {
	nearEnds,
	firstIndex,
	isNearEnd,
	nextUnseen,
	shiftOf,
} from "../../src/webview/log/scrollPosition";

const at = (scrollTop: number) => isNearEnd({ scrollTop, scrollHeight: 1000, clientHeight: 400 });

it("40 pixels from the end count as the end, 41 do not", () => {
	expect([at(600), at(560), at(559), at(0)]).toEqual([true, true, false, false]);
});

it("a log lower than its space is at its end", () => {
	expect(isNearEnd({ scrollTop: 0, scrollHeight: 100, clientHeight: 400 })).toBe(true);
});

it("messages count as unseen only for a reader who is further up", () => {
	expect([nextUnseen(2, 3, false), nextUnseen(2, 3, true)]).toEqual([5, 0]);
});

it("one and a half heights of the log are within reach", () => {
	const reach = [0, 600, 601, 1400, 1399].map((scrollTop) =>
		nearEnds({ scrollTop, scrollHeight: 2400, clientHeight: 400 }),
	);
	expect(reach.map(({ older, newer }) => `${older} ${newer}`)).toEqual([
		"true false",
		"true false",
		"false false",
		"false true",
		"false false",
	]);
});

it("the shift is that of the first remaining marked line", () => {
	const marks = [
		{ line: "gone", top: 5 },
		{ line: "here", top: 30.25 },
		{ line: "too", top: 60 },
	];
	const topOf = (line: string) => ({ here: 130.5, too: 0 })[line];
	expect([shiftOf(marks, topOf), shiftOf(marks.slice(0, 1), topOf)]).toEqual([100.25, undefined]);
});

it("the first visible line is found at any position", () => {
	const found = [0, 1, 4, 5].map((at) => firstIndex(5, (index) => index >= at));
	expect(found).toEqual([0, 1, 4, 5]);
});
