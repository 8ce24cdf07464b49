const FIRST_DELAY_MS = 1_000;
const MAX_DELAY_MS = 30_000;

/** For a server that answers but is of no use: asking it again every second helps nobody. */
const SLOW_DELAY_MS = MAX_DELAY_MS;
/** For a picture that went wrong here: nothing is amiss at the server, and what is shown is stale. */
const PROMPT_DELAY_MS = 250;

/**
 * How soon to try again: `prompt` once, and as `usual` if that was of no use; `slow` where trying again
 * soon helps nobody.
 */
export type Pace = "usual" | "slow" | "prompt";

/**
 * Milliseconds to wait before the next try. As a rule 1 s, doubled for every failed try up to 30 s,
 * ± 50 % so that a room full of clients does not come back in the same instant.
 *
 * @param attempt failed tries so far, from 1
 * @param random a number in [0, 1)
 */
export function retryDelayMs(attempt: number, random: number, pace: Pace = "usual"): number {
	if (pace === "slow") {
		return SLOW_DELAY_MS;
	}
	// A link that has just been made and has not proved useful yet is the second try.
	if (pace === "prompt" && attempt <= 2) {
		return PROMPT_DELAY_MS;
	}
	const base = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempt - 1, 10));
	return Math.round(base * (0.5 + random));
}
