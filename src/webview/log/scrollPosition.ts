/** The distance from the end, in CSS pixels, that still counts as the end. */
const NEAR_PX = 40;
/** The distance from the first or last entry at which more are loaded, in heights of the log. */
const AHEAD = 1.5;

export interface ScrollPosition {
	readonly scrollTop: number;
	readonly scrollHeight: number;
	readonly clientHeight: number;
}

/** Returns true if the position counts as the end. */
export function isNearEnd(position: ScrollPosition): boolean {
	return belowOf(position) <= NEAR_PX;
}

/** Returns the ends that are near enough to load more there. */
export function nearEnds(position: ScrollPosition): { older: boolean; newer: boolean } {
	const limitPx = AHEAD * position.clientHeight;
	return { older: position.scrollTop <= limitPx, newer: belowOf(position) <= limitPx };
}

/** Returns the number of unseen messages below the reader after `added` more came. */
export function nextUnseen(unseen: number, added: number, isAtEnd: boolean): number {
	return isAtEnd ? 0 : unseen + added;
}

/** A visible line, and the distance of its top from the top of the log, in CSS pixels. */
export interface Mark<T> {
	readonly line: T;
	readonly top: number;
}

/**
 * Returns the distance by which the first remaining line of `marks` has moved down; `undefined` if none
 * remains. `topOf` returns the present top of a line, or `undefined` for a removed one.
 */
export function shiftOf<T>(
	marks: readonly Mark<T>[],
	topOf: (line: T) => number | undefined,
): number | undefined {
	for (const { line, top } of marks) {
		const now = topOf(line);
		if (now !== undefined) {
			return now - top;
		}
	}
	return undefined;
}

/** Returns the first index below `count` for which the test holds, by bisection; `count` if none. */
export function firstIndex(count: number, test: (index: number) => boolean): number {
	let low = 0;
	let high = count;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (test(middle)) {
			high = middle;
		} else {
			low = middle + 1;
		}
	}
	return low;
}

function belowOf({ scrollTop, scrollHeight, clientHeight }: ScrollPosition): number {
	return scrollHeight - clientHeight - scrollTop;
}
