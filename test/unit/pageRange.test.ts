import fc from "fast-check";
import { expect, test } from "vitest";
import type { PageRange } from "../../src/extension/chat/backend";
import {
	MAX_PAGES,
	NO_PAGES,
	withHead,
	withNewer,
	withOlder,
} from "../../src/extension/chat/room/pageRange";

function windowOf(from: number, to: number, isLive = true): PageRange {
	const pages = Array.from({ length: to - from + 1 }, (_, index) => from + index);
	return { pages, hasOlder: from > 0, isLive };
}

test("an older page goes to the front", () => {
	expect(withOlder(windowOf(5, 7), 4, false)).toEqual(windowOf(4, 7));
});

test("without an older page the window has the beginning of the room", () => {
	expect(withOlder({ ...windowOf(0, 2), hasOlder: true }, undefined, false)).toEqual(
		windowOf(0, 2),
	);
});

test("a full window that grows at one end drops a page at the other", () => {
	const full = windowOf(10, 10 + MAX_PAGES - 1);
	expect([
		withOlder(full, 9, false),
		withNewer({ ...full, isLive: false }, 10 + MAX_PAGES, 100),
	]).toEqual([windowOf(9, 9 + MAX_PAGES - 1, false), windowOf(11, 10 + MAX_PAGES, false)]);
});

test("a full window grows for a reader at the latest, and keeps the newest pages", () => {
	const full = windowOf(10, 10 + MAX_PAGES - 1);
	const grown = withOlder(full, 9, true);
	const doubled = windowOf(20, 20 + 2 * MAX_PAGES - 1);
	expect([grown, withOlder(doubled, 19, true)]).toEqual([windowOf(9, 10 + MAX_PAGES - 1), doubled]);
});

test("the newest page makes the window live again", () => {
	expect(withNewer(windowOf(3, 5, false), 6, 6)).toEqual(windowOf(3, 6));
});

test("a full window stays with a reader in mid-history, and follows one at the latest", () => {
	const full = windowOf(0, MAX_PAGES - 1);
	expect([withHead(full, [MAX_PAGES], false), withHead(full, [MAX_PAGES], true)]).toEqual([
		{ ...full, isLive: false },
		windowOf(1, MAX_PAGES),
	]);
});

test("a window that is not live does not follow", () => {
	const window = windowOf(3, 5, false);
	expect(withHead(window, [9, 10], true)).toBe(window);
});

test("an empty window follows from the first page on", () => {
	expect(withHead(NO_PAGES, [0], true).pages).toEqual([0]);
});

/** A model of the window without its code: an interval of pages, and the room's newest page. */
interface Reference {
	from: number;
	to: number;
	head: number;
}

test("in any order of growth and new messages, the pages have no gap, are few, and live means the newest", () => {
	const step = fc.constantFrom("older", "olderAtLatest", "newer", "said", "saidWhileReading");
	fc.assert(
		fc.property(fc.array(step, { maxLength: 80 }), fc.nat({ max: 30 }), (steps, head) => {
			const room: Reference = { from: Math.max(0, head - 2), to: head, head };
			let window = windowOf(room.from, room.to);
			for (const kind of steps) {
				const before = window.pages.length;
				const [first = 0] = window.pages;
				const last = window.pages.at(-1) ?? 0;
				if (kind === "older" || kind === "olderAtLatest") {
					const isAtLatest = kind === "olderAtLatest";
					window = withOlder(window, first > 0 ? first - 1 : undefined, isAtLatest);
				} else if (kind === "newer") {
					window = withNewer(window, last < room.head ? last + 1 : undefined, room.head);
				} else {
					room.head++;
					window = withHead(window, [room.head], kind === "said");
				}
				const { pages, hasOlder, isLive } = window;
				const from = pages[0] ?? -1;
				const isGapless = pages.every((page, index) => page === from + index);
				const isTrue = isLive === (pages.at(-1) === room.head) && (hasOlder || from === 0);
				const most = kind === "olderAtLatest" ? 2 * MAX_PAGES : before;
				const isFew = pages.length <= Math.max(MAX_PAGES, most) && pages.length > 0;
				if (!isGapless || !isTrue || !isFew) {
					return false;
				}
			}
			return true;
		}),
	);
});
