import { EventEmitter } from "vscode";
import type { Event } from "vscode";
import type { QuotedRow } from "../backend";
import { DisposableStore } from "../../platform/disposable";

/** Quoted messages that are kept; the oldest go first. */
const MAX_KEPT = 500;

/** What messages answer that lie outside of the log: asked for once each, when one is drawn. */
export class Quotes extends DisposableStore {
	readonly #onDidLearn = this.register(new EventEmitter<number>());
	/** The number of a message of the open room that is known now. */
	readonly onDidLearn: Event<number> = this.#onDidLearn.event;
	/** `undefined`: it was asked for. */
	readonly #known = new Map<string, QuotedRow | undefined>();
	/** Asks the database that is connected, if one is. */
	ask: ((seq: number) => Promise<QuotedRow | undefined>) | undefined;

	of(room: number, seq: number): QuotedRow | undefined {
		const key = `${room}/${seq}`;
		if (!this.#known.has(key) && this.ask !== undefined) {
			this.#keep(key, undefined);
			this.ask(seq).then(
				(fact) => {
					this.#keep(key, fact ?? { sender: "", text: "", isGone: true });
					this.#onDidLearn.fire(seq);
				},
				// Asked again when it is drawn the next time.
				() => this.#known.delete(key),
			);
		}
		return this.#known.get(key);
	}

	/** A message is another now, or all are. */
	forget(room?: number, seq?: number): void {
		if (room === undefined || seq === undefined) {
			this.#known.clear();
		} else {
			this.#known.delete(`${room}/${seq}`);
		}
	}

	#keep(key: string, fact: QuotedRow | undefined): void {
		this.#known.delete(key);
		this.#known.set(key, fact);
		for (const oldest of this.#known.keys()) {
			if (this.#known.size <= MAX_KEPT) {
				break;
			}
			this.#known.delete(oldest);
		}
	}
}
