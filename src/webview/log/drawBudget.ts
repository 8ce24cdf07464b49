/** The time that a frame may spend on new entries: half of a frame at 60 frames a second. */
const BUDGET_MS = 8;
/** The most entries a frame. A new panel draws them before the machine has been measured. */
const MAX_ENTRIES = 80;
/** The fewest entries a frame: enough to fill a panel on a slow machine. */
const MIN_ENTRIES = 24;
/** The share of the last frame in the average. */
const WEIGHT = 0.3;

/** Limits the new entries that one frame draws, by the measured time of earlier frames. */
export class DrawBudget {
	#eachMs = BUDGET_MS / MAX_ENTRIES;

	get maxEntries(): number {
		return Math.min(MAX_ENTRIES, Math.max(MIN_ENTRIES, Math.floor(BUDGET_MS / this.#eachMs)));
	}

	/** Records the number of new entries in a frame, and the milliseconds that drawing and layout took. */
	record(count: number, ms: number): void {
		// A few entries measure the fixed cost of a frame, not the cost of an entry.
		if (count >= MIN_ENTRIES) {
			// A frame that something else delayed must not lower the limit for long.
			const eachMs = Math.min(ms / count, BUDGET_MS / MIN_ENTRIES);
			this.#eachMs += WEIGHT * (eachMs - this.#eachMs);
		}
	}
}
