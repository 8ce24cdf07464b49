import type { QuotedRow } from "../backend";

/** Quoted messages that are kept; the oldest are dropped first. */
const MAX_KEPT = 500;

/** Loads a message by its number in the room; `undefined` where it does not exist. */
export type LoadQuoted = (seq: number) => Promise<QuotedRow | undefined>;

/** Messages that loaded messages answer and that are not loaded themselves: each is loaded once. */
export class Quotes {
	readonly #onLoaded: (seq: number) => void;
	/** By number in the room; `undefined` while it is being loaded. */
	readonly #known = new Map<number, QuotedRow | undefined>();
	/** Loads from the connected database; absent while there is none. */
	load: LoadQuoted | undefined;

	/** @param onLoaded called with the number of a message that is known now */
	constructor(onLoaded: (seq: number) => void) {
		this.#onLoaded = onLoaded;
	}

	/** The message with this number, if it is known; else begins to load it. */
	of(seq: number): QuotedRow | undefined {
		if (!this.#known.has(seq) && this.load !== undefined) {
			this.#keep(seq, undefined);
			this.load(seq).then(
				(row) => {
					this.#keep(seq, row ?? { sender: "", text: "", isGone: true });
					this.#onLoaded(seq);
				},
				// The next drawing of a message that answers it tries again.
				() => this.#known.delete(seq),
			);
		}
		return this.#known.get(seq);
	}

	/** Forgets a message whose row changed. */
	forget(seq: number): void {
		this.#known.delete(seq);
	}

	#keep(seq: number, row: QuotedRow | undefined): void {
		this.#known.delete(seq);
		this.#known.set(seq, row);
		for (const oldest of this.#known.keys()) {
			if (this.#known.size <= MAX_KEPT) {
				break;
			}
			this.#known.delete(oldest);
		}
	}
}
