import type { PageRange } from "../../chat/room/pageRange";
import { MAX_PAGES } from "../../chat/room/pageRange";

/** Pages behind the newest on opening. */
const PAGES_BEHIND = 2;

/** The pages to open with, when `beginning` is the room's first and `head` its newest. */
export function openingPages(
	beginning: number,
	head: number,
	before: PageRange | undefined,
	isAtLatest: boolean,
): PageRange {
	const first = before?.pages[0];
	const isGone = first === undefined || first < beginning || first > head;
	if (before === undefined || isGone || isAtLatest) {
		const pages = range(Math.max(beginning, head - PAGES_BEHIND), head);
		return { pages, hasOlder: (pages[0] ?? 0) > beginning, isLive: true };
	}
	// Somebody reads further up: there, and on to the newest if the window can hold it.
	const last = Math.min(head, before.pages.at(-1) ?? head);
	const isLive = before.isLive && head - first < MAX_PAGES;
	return { pages: range(first, isLive ? head : last), hasOlder: first > beginning, isLive };
}

/** Whole numbers, both ends included. */
export function range(from: number, to: number): number[] {
	return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}
