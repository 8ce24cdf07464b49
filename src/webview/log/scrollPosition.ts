/** How far from the end, in CSS pixels, still counts as being at the end. */
const NEAR_PX = 40;
/** How many heights of the log before its first or last entry more of them are asked for. */
const AHEAD = 1.5;

export interface ScrollPosition {
	readonly scrollTop: number;
	readonly scrollHeight: number;
	readonly clientHeight: number;
}

/** Whether somebody who reads here wants to see what comes next. */
export function isNearEnd(position: ScrollPosition): boolean {
	return belowOf(position) <= NEAR_PX;
}

/** The ends so near that a reader may come to the last entry before more of them are there. */
export function endsInReach(position: ScrollPosition): { older: boolean; newer: boolean } {
	const reachPx = AHEAD * position.clientHeight;
	return { older: position.scrollTop <= reachPx, newer: belowOf(position) <= reachPx };
}

/** How many messages came below what is being read, after `added` more of them. */
export function nextUnseen(unseen: number, added: number, isAtEnd: boolean): number {
	return isAtEnd ? 0 : unseen + added;
}

/** A line in sight, and how far its top is below that of the log, in CSS pixels. */
export interface Mark<T> {
	readonly line: T;
	readonly top: number;
}

/**
 * How far down the first of the marked lines that is still there has moved; `undefined` if none is.
 * `topOf` says where a line is now, or nothing for one that is gone.
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

/** The index of the first of `count` things, in order from top to bottom, for which that is so. */
export function firstIndex(count: number, isSo: (index: number) => boolean): number {
	let low = 0;
	let high = count;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (isSo(middle)) {
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
