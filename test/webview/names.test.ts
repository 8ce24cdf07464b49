import fc from "fast-check";
import { expect, test } from "vitest";
import { initialOf, toneOf } from "../../src/webview/people/names";

test("each identity has one of the eight colours", () => {
	fc.assert(fc.property(fc.string(), (identity) => /^[0-7]$/.test(String(toneOf(identity)))));
});

test("identities with the same beginning have all the colours", () => {
	const tones = Array.from({ length: 200 }, (_, index) => toneOf(`c200${index.toString(16)}`));
	expect([...new Set(tones)].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

test.each([
	["ada", "A"],
	["  grace", "G"],
	["😀 x", "😀"],
	["", "?"],
])("the mark of %j is %j", (name, initial) => {
	expect(initialOf(name)).toBe(initial);
});
