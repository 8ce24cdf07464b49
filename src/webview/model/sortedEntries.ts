import { compareEntries, type SortKey } from "../../shared/chat";

/**
 * Sorted entries after some came, changed or went: `upserts` replace what has their key. Takes time in
 * proportion to the entries there are, and sorts nothing that comes in its order, as a flood does.
 */
export function mergeEntries<T extends SortKey>(
	entries: readonly T[],
	upserts: readonly T[],
	removed: readonly string[],
): readonly T[] {
	const fresh = new Map(upserts.map((entry) => [entry.key, entry]));
	const gone = new Set(removed);
	const kept = entries.filter(({ key }) => !gone.has(key) && !fresh.has(key));
	return interleave(kept, sortEntries([...fresh.values()]));
}

/** The places in their order; the same array if that is how they came. */
export function sortEntries<T extends SortKey>(places: readonly T[]): readonly T[] {
	const isSorted = places.every((place, index) => {
		const before = places[index - 1];
		return before === undefined || compareEntries(before, place) <= 0;
	});
	return isSorted ? places : [...places].sort(compareEntries);
}

/** Two sorted lists as one. */
function interleave<T extends SortKey>(left: readonly T[], right: readonly T[]): readonly T[] {
	const all: T[] = [];
	let from = 0;
	for (const place of left) {
		for (let next = right[from]; next !== undefined && compareEntries(next, place) < 0;) {
			all.push(next);
			next = right[++from];
		}
		all.push(place);
	}
	return [...all, ...right.slice(from)];
}
