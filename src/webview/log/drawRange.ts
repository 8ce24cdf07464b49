import type { SortKey } from "../../shared/chat";

/** What is drawn in one frame: the entries from one index up to, and without, another. */
export interface DrawRange {
	readonly from: number;
	readonly to: number;
	/** How many of them are not drawn yet. */
	readonly fresh: number;
}

/**
 * The entries around `anchor` that can be drawn in one frame: those that are drawn already, and at most
 * `maxFresh` others, so that a whole new window is no long task. Without a gap; the next frame has more.
 */
export function drawRangeOf(
	entries: readonly SortKey[],
	isDrawn: (key: string) => boolean,
	anchor: number,
	maxFresh: number,
): DrawRange {
	let from = anchor;
	let to = anchor;
	let fresh = 0;
	/** Whether the entry at this index is there and can be taken; takes it. */
	const takes = (index: number): boolean => {
		const entry = entries[index];
		if (entry === undefined) {
			return false;
		}
		const isFresh = !isDrawn(entry.key);
		if (isFresh && fresh >= maxFresh) {
			return false;
		}
		fresh += Number(isFresh);
		return true;
	};
	for (let isGrowing = true; isGrowing;) {
		isGrowing = false;
		if (takes(to)) {
			to++;
			isGrowing = true;
		}
		if (takes(from - 1)) {
			from--;
			isGrowing = true;
		}
	}
	return { from, to, fresh };
}
