/** Entries in order, with keys. Adding at the end, where nearly all are added, costs no search. */
export class SortedLog<T extends { readonly key: string }> {
	readonly #compare: (a: T, b: T) => number;
	#entries: T[] = [];
	readonly #byKey = new Map<string, T>();

	constructor(compare: (a: T, b: T) => number) {
		this.#compare = compare;
	}

	all(): readonly T[] {
		return this.#entries;
	}

	/** The last `count` entries, oldest first. */
	newest(count: number): T[] {
		return this.#entries.slice(-count);
	}

	last(): T | undefined {
		return this.#entries.at(-1);
	}

	has(key: string): boolean {
		return this.#byKey.has(key);
	}

	/** Adds an entry, in the place of one with the same key. */
	insert(entry: T): void {
		this.remove(entry.key);
		this.#byKey.set(entry.key, entry);
		this.#entries.splice(this.#indexFor(entry), 0, entry);
	}

	remove(key: string): void {
		const entry = this.#byKey.get(key);
		if (entry !== undefined) {
			this.#byKey.delete(key);
			this.#entries.splice(this.#entries.lastIndexOf(entry), 1);
		}
	}

	/** Puts these entries in the place of all; of two with one key the later stays. */
	replace(entries: readonly T[]): void {
		this.#byKey.clear();
		for (const entry of entries) {
			this.#byKey.set(entry.key, entry);
		}
		this.#entries = [...this.#byKey.values()].sort(this.#compare);
	}

	/** Where `entry` belongs: behind every entry that is not greater. */
	#indexFor(entry: T): number {
		let low = 0;
		let high = this.#entries.length;
		const last = this.last();
		if (last === undefined || this.#compare(last, entry) <= 0) {
			return high;
		}
		while (low < high) {
			const middle = (low + high) >>> 1;
			const other = this.#entries[middle];
			if (other !== undefined && this.#compare(other, entry) <= 0) {
				low = middle + 1;
			} else {
				high = middle;
			}
		}
		return low;
	}
}
