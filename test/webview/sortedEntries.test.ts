import fc from "fast-check";
import { expect, test } from "vitest";
import { compareEntries, type SortKey } from "../../src/shared/chat";
import { mergeEntries, sortEntries } from "../../src/webview/model/sortedEntries";
import { drawRangeOf } from "../../src/webview/log/drawRange";

/** Entries with few keys and few orders, so that they often collide. */
const place = fc.record({
	key: fc.constantFrom("a", "b", "c", "d", "e", "f"),
	order: fc.integer({ min: 0, max: 4 }),
	tie: fc.integer({ min: 0, max: 1 }),
});
const places = fc.array(place, { maxLength: 8 });

/** Merges in the simplest way. */
function mergedSimply(
	entries: readonly SortKey[],
	upserts: readonly SortKey[],
	removed: string[],
): SortKey[] {
	const byKey = new Map(entries.map((entry) => [entry.key, entry]));
	removed.forEach((key) => byKey.delete(key));
	upserts.forEach((entry) => byKey.set(entry.key, entry));
	return [...byKey.values()].sort(compareEntries);
}

test("merging added, changed and removed entries equals sorting all entries", () => {
	fc.assert(
		fc.property(
			places,
			places,
			fc.array(fc.constantFrom("a", "b", "x")),
			(all, upserts, removed) => {
				const entries = mergedSimply([], all, []);
				expect(mergeEntries(entries, upserts, removed)).toEqual(
					mergedSimply(entries, upserts, removed),
				);
			},
		),
	);
});

test("sorted entries are not sorted again", () => {
	const sorted = [0, 1, 2].map((order) => ({ key: `k${order}`, order, tie: 0 }));
	expect([sortEntries(sorted) === sorted, sortEntries([...sorted].reverse())]).toEqual([
		true,
		sorted,
	]);
});

const ten = Array.from({ length: 10 }, (_, order) => ({ key: `k${order}`, order, tie: 0 }));

test.each([
	["the newest first for a reader at the end", 9, [], 3, { from: 7, to: 10, fresh: 3 }],
	["both ways from what is read", 5, [], 3, { from: 4, to: 7, fresh: 3 }],
	["all that is drawn, and some more", 9, [5, 6, 7, 8], 3, { from: 3, to: 10, fresh: 3 }],
	["nothing beyond a gap", 9, [0, 1], 2, { from: 8, to: 10, fresh: 2 }],
	["everything, if that is little", 0, [], 20, { from: 0, to: 10, fresh: 10 }],
])("a frame draws %s", (_what, anchor, drawn, max, portion) => {
	expect(drawRangeOf(ten, (key) => drawn.includes(Number(key.slice(1))), anchor, max)).toEqual(
		portion,
	);
});

test("an empty list has an empty draw range", () => {
	expect(drawRangeOf([], () => false, 0, 5)).toEqual({ from: 0, to: 0, fresh: 0 });
});
