import type { PageRange } from "../backend";

/** No pages: the server has not sent the backlog. */
export const NO_PAGES: PageRange = { pages: [], hasOlder: false, isLive: true };

/**
 * Pages in a window at most. A view shows up to 400 entries, which lie on four or five pages of 128;
 * the others are ready before the reader comes to them.
 */
export const MAX_PAGES = 7;

/**
 * The window with the page before its first; one at the other end leaves when it is full. But the newest
 * stays with a reader there, who asks for more where so many pages hardly fill a panel; that goes to
 * twice as many.
 */
export function withOlder(
	window: PageRange,
	older: number | undefined,
	isReaderAtLatest: boolean,
): PageRange {
	if (older === undefined) {
		return { ...window, hasOlder: false };
	}
	const pages = [older, ...window.pages];
	const most = isReaderAtLatest ? 2 * MAX_PAGES : MAX_PAGES;
	if (isReaderAtLatest && pages.length > most) {
		return window;
	}
	return {
		pages: pages.slice(0, most),
		hasOlder: true,
		isLive: window.isLive && pages.length <= most,
	};
}

/** The window with the page behind its last; one at the other end leaves when it is full. */
export function withNewer(window: PageRange, newer: number | undefined, head: number): PageRange {
	if (newer === undefined) {
		return { ...window, isLive: true };
	}
	const pages = [...window.pages, newer];
	return {
		pages: pages.slice(-MAX_PAGES),
		hasOlder: window.hasOlder || pages.length > MAX_PAGES,
		isLive: newer === head,
	};
}

/**
 * The window after the newest page has moved on to others. It goes with them, unless it is full and
 * somebody reads further up, whose pages must not be taken away.
 */
export function withHead(
	window: PageRange,
	newer: readonly number[],
	isReaderAtLatest: boolean,
): PageRange {
	if (!window.isLive) {
		return window;
	}
	const pages = [...window.pages, ...newer];
	if (pages.length <= MAX_PAGES) {
		return { ...window, pages };
	}
	return isReaderAtLatest
		? { pages: pages.slice(-MAX_PAGES), hasOlder: true, isLive: true }
		: { ...window, isLive: false };
}
