import { EventEmitter } from "vscode";
import type { Event } from "vscode";
import type { Backend, CallResult, MessageRow } from "../backend/backend";
import { Owner } from "../disposable";
import type { Outbox, OutboxMove } from "./outbox";
import { enqueue, move, nextToSend, settledBy } from "./outbox";

/** Takes lines to the database, one at a time and in order, and knows what became of each. */
export class Delivery extends Owner {
	readonly #onDidChange = this.register(new EventEmitter<Outbox>());
	readonly onDidChange: Event<Outbox> = this.#onDidChange.event;

	#outbox: Outbox = [];
	#backend: Backend | undefined;
	#me = "";
	#newestOwnMicros = Number.MIN_SAFE_INTEGER;

	get outbox(): Outbox {
		return this.#outbox;
	}

	/** Takes a line over: from here on it is not lost unless it is discarded. */
	enqueue(clientId: string, text: string, nowMs: number): void {
		this.#replace(enqueue(this.#outbox, { clientId, text, createdMs: nowMs }));
		this.#pump();
	}

	retry(clientId: string): void {
		this.#move(clientId, { type: "retry" });
		this.#pump();
	}

	discard(clientId: string): void {
		this.#move(clientId, { type: "discard" });
	}

	/** Discards every line that is not on its way. */
	discardAll(): void {
		for (const { clientId } of this.#outbox) {
			this.discard(clientId);
		}
	}

	/**
	 * A fresh picture of the database. Its rows settle entries of unknown fate; the rest goes on.
	 *
	 * @returns the id of the entry that each row settled, by row key
	 */
	applied(backend: Backend, me: string, rows: readonly MessageRow[]): Map<string, string> {
		if (me !== this.#me) {
			this.#newestOwnMicros = Number.MIN_SAFE_INTEGER;
		}
		this.#me = me;
		this.#backend = backend;
		const settled = new Map<string, string>();
		const own = rows.filter(({ sender }) => sender === me);
		for (const row of own.sort((a, b) => a.sentMicros - b.sentMicros)) {
			const clientId = this.arrived(row);
			if (clientId !== undefined) {
				settled.set(row.key, clientId);
			}
		}
		// A server that was killed forgets commits of its last half second (server 1.3.0).
		for (const { clientId, state } of this.#outbox) {
			if (state === "acked") {
				this.#move(clientId, { type: "lose" });
			}
		}
		this.#pump();
		return settled;
	}

	/** A row came: the id of the entry it settles, if it is one of ours. */
	arrived(row: MessageRow): string | undefined {
		if (row.sender !== this.#me) {
			return undefined;
		}
		const entry = settledBy(this.#outbox, row);
		this.#newestOwnMicros = Math.max(this.#newestOwnMicros, row.sentMicros);
		if (entry !== undefined) {
			this.#move(entry.clientId, { type: "row" });
		}
		return entry?.clientId;
	}

	/** The link is gone; its open calls are answered with `noAnswer`. */
	cut(): void {
		this.#backend = undefined;
	}

	#pump(): void {
		const backend = this.#backend;
		const entry = nextToSend(this.#outbox);
		if (backend === undefined || entry === undefined) {
			return;
		}
		this.#move(entry.clientId, { type: "send", afterMicros: this.#newestOwnMicros });
		backend.sendMessage(entry.clientId, entry.text, (result) =>
			this.#settle(entry.clientId, result),
		);
	}

	#settle(clientId: string, result: CallResult): void {
		switch (result.kind) {
			case "committed":
				this.#move(clientId, { type: "ack", sentMicros: result.atMicros });
				break;
			case "refused":
				this.#move(clientId, { type: "refuse", reason: result.reason });
				break;
			case "noAnswer":
				this.#move(clientId, { type: "lose" });
				break;
		}
		this.#pump();
	}

	#move(clientId: string, event: OutboxMove): void {
		this.#replace(move(this.#outbox, clientId, event));
	}

	#replace(outbox: Outbox): void {
		if (outbox !== this.#outbox) {
			this.#outbox = outbox;
			this.#onDidChange.fire(outbox);
		}
	}
}
