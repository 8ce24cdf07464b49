import type { OpenRequest, PageRange } from "../../chat/backend";

/** Pages before the newest one on opening. */
const OLDER_PAGES = 2;

/** Returns the pages to open. @param beginning the first page of the room @param head the newest one */
export function openingPages(
	beginning: number,
	head: number,
	{ before, isAtLatest, maxPages }: Omit<OpenRequest, "room" | "sinceMs">,
): PageRange {
	const first = before?.pages[0];
	const isGone = first === undefined || first < beginning || first > head;
	if (before === undefined || isGone || isAtLatest) {
		const pages = range(Math.max(beginning, head - OLDER_PAGES), head);
		return { pages, hasOlder: (pages[0] ?? 0) > beginning, isLive: true };
	}
	// The reader is further up: opens the reader's pages, and those up to the newest if they are few enough.
	const last = Math.min(head, before.pages.at(-1) ?? head);
	const isLive = before.isLive && head - first < maxPages;
	return { pages: range(first, isLive ? head : last), hasOlder: first > beginning, isLive };
}

/** Returns the whole numbers from one to another, including both. */
export function range(from: number, to: number): number[] {
	return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}
