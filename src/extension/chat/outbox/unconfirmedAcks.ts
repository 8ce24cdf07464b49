/** A commit is on disk half a second after its ack (server 1.3.0); ten times that is certain. */
const SETTLE_AFTER_MS = 5_000;

/** Acks that the server might still forget, on the connection that gave them. */
export class UnconfirmedAcks {
	readonly #settled: (clientIds: readonly string[]) => void;
	readonly #now: () => number;
	readonly #ackedAtMs = new Map<string, number>();
	#timer: NodeJS.Timeout | undefined;

	/** @param settled is told of acks that are certain now */
	constructor(settled: (clientIds: readonly string[]) => void, now: () => number) {
		this.#settled = settled;
		this.#now = now;
	}

	note(clientId: string): void {
		if (!this.#ackedAtMs.has(clientId)) {
			this.#ackedAtMs.set(clientId, this.#now());
			this.#timer ??= setTimeout(() => this.#look(), SETTLE_AFTER_MS);
		}
	}

	/** The connection is gone: nothing of it will be certain. */
	forget(): void {
		this.#ackedAtMs.clear();
		clearTimeout(this.#timer);
		this.#timer = undefined;
	}

	#look(): void {
		const now = this.#now();
		const old: string[] = [];
		let nextMs: number | undefined;
		// In the order of their acks: the first that is young ends it.
		for (const [clientId, ackedMs] of this.#ackedAtMs) {
			const leftMs = ackedMs + SETTLE_AFTER_MS - now;
			if (leftMs > 0) {
				nextMs = leftMs;
				break;
			}
			this.#ackedAtMs.delete(clientId);
			old.push(clientId);
		}
		this.#timer = nextMs === undefined ? undefined : setTimeout(() => this.#look(), nextMs);
		this.#settled(old);
	}
}
