import type { SortKey } from "../../shared/chat";

/** The entries that one frame draws: those from index `from` up to, and without, index `to`. */
export interface DrawRange {
	readonly from: number;
	readonly to: number;
	/** The number of entries that were not drawn before. */
	readonly fresh: number;
}

/**
 * Returns the entries around `anchor` for one frame, without a gap: those that are drawn already, and at
 * most `maxFresh` others. So no frame is a long task; the next frames draw the rest.
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
	/** Takes the entry at this index if it exists and fits. */
	const take = (index: number): boolean => {
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
		if (take(to)) {
			to++;
			isGrowing = true;
		}
		if (take(from - 1)) {
			from--;
			isGrowing = true;
		}
	}
	return { from, to, fresh };
}
