import { compareEntries, type SortKey } from "../../shared/chat";

/**
 * Merges changes into sorted entries; `upserts` replace the entries with their keys. Takes linear time for
 * upserts that are sorted already, as in a flood.
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

/** Returns the entries sorted; the same array if they were sorted already. */
export function sortEntries<T extends SortKey>(entries: readonly T[]): readonly T[] {
	const isSorted = entries.every((entry, index) => {
		const before = entries[index - 1];
		return before === undefined || compareEntries(before, entry) <= 0;
	});
	return isSorted ? entries : [...entries].sort(compareEntries);
}

/** Merges two sorted lists. */
function interleave<T extends SortKey>(left: readonly T[], right: readonly T[]): readonly T[] {
	const all: T[] = [];
	let from = 0;
	for (const entry of left) {
		for (let next = right[from]; next !== undefined && compareEntries(next, entry) < 0;) {
			all.push(next);
			next = right[++from];
		}
		all.push(entry);
	}
	return [...all, ...right.slice(from)];
}
