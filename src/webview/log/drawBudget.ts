/** What a frame may take for entries that it draws anew, in milliseconds: half of one at 60 a second. */
const BUDGET_MS = 8;
/** As many as a new panel needs at least, which is drawn before anything is known of the machine. */
const MOST = 80;
/** Enough to fill a panel, however slow the machine is. */
const LEAST = 24;
/** How much the last frame counts against those before. */
const WEIGHT = 0.3;

/** How many entries a frame draws anew at most: as many as its time allows, by the frames before. */
export class Pace {
	#eachMs = BUDGET_MS / MOST;

	get most(): number {
		return Math.min(MOST, Math.max(LEAST, Math.floor(BUDGET_MS / this.#eachMs)));
	}

	/** A frame drew so many anew in so many milliseconds, with the layout that they asked for. */
	took(count: number, ms: number): void {
		// A few say more about what a frame costs anyhow than about themselves.
		if (count >= LEAST) {
			// One frame that something else held up is not to slow down the next ones for long.
			const eachMs = Math.min(ms / count, BUDGET_MS / LEAST);
			this.#eachMs += WEIGHT * (eachMs - this.#eachMs);
		}
	}
}
