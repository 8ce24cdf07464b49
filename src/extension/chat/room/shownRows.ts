import type { MessageRow } from "../backend";

/** The messages in the log as the database has them, and the keys that they are shown under. */
export class ShownRows {
	readonly #byKey = new Map<string, MessageRow>();
	/** Row key → the key its message is shown under, where an own line became the row. */
	readonly #shownAs = new Map<string, string>();

	get rows(): readonly MessageRow[] {
		return [...this.#byKey.values()];
	}

	get(key: string): MessageRow | undefined {
		return this.#byKey.get(key);
	}

	/** An own message has the key that its line had, on whatever page it comes back. */
	keyOf(row: MessageRow, me: string | undefined): string {
		const ownKey = row.sender === me ? row.clientId : undefined;
		return this.#shownAs.get(row.key) ?? ownKey ?? row.key;
	}

	/** The row, when it comes, is shown under the key of the line that it was. */
	name(rowKey: string, key: string): void {
		this.#shownAs.set(rowKey, key);
	}

	add(key: string, row: MessageRow): void {
		this.#byKey.set(key, row);
		if (key !== row.key) {
			this.#shownAs.set(row.key, key);
		}
	}

	/** Removes a row and gives the key that it was shown under. */
	remove(rowKey: string): string {
		const key = this.#shownAs.get(rowKey) ?? rowKey;
		this.#shownAs.delete(rowKey);
		this.#byKey.delete(key);
		return key;
	}

	/** Forgets every row; the names of those that come next are kept by `dropUnusedKeys`. */
	clear(): void {
		this.#byKey.clear();
	}

	/** Forgets the names of rows that are not shown. */
	dropUnusedKeys(): void {
		const rowKeys = new Set(this.rows.map(({ key }) => key));
		for (const rowKey of [...this.#shownAs.keys()].filter((key) => !rowKeys.has(key))) {
			this.#shownAs.delete(rowKey);
		}
	}
}
