/** The shortest time between two "typing" requests for one room. */
const INTERVAL_MS = 3_000;

/** Limits how often the view reports to the host that somebody types here. */
export class TypingReporter {
	#room = 0;
	#reportedMs = -Infinity;

	/** Returns true if a keystroke in this room is to be reported now. */
	isDue(room: number, nowMs: number): boolean {
		if (room === this.#room && nowMs - this.#reportedMs < INTERVAL_MS) {
			return false;
		}
		this.#room = room;
		this.#reportedMs = nowMs;
		return true;
	}

	/** Lets the next keystroke be reported at once, since the text before it was sent. */
	reset(): void {
		this.#reportedMs = -Infinity;
	}
}
