const FIRST_DELAY_MS = 1_000;
const MAX_DELAY_MS = 30_000;

/** For a server that answers with a problem, which another attempt in a second would not solve. */
const SLOW_DELAY_MS = MAX_DELAY_MS;
/** For data that the client could not read: the server works, and the panel shows old data. */
const PROMPT_DELAY_MS = 250;

/** The pace of attempts: `prompt` for the first one only and `usual` after it; `slow` from the first one. */
export type Pace = "usual" | "slow" | "prompt";

/**
 * Returns the milliseconds before the next attempt: usually 1 s, doubled after every failure up to 30 s. A
 * random ± 50 % keeps many clients from reconnecting at the same moment.
 *
 * @param attempt failed attempts, from 1
 * @param random a number in [0, 1)
 */
export function retryDelayMs(attempt: number, random: number, pace: Pace = "usual"): number {
	if (pace === "slow") {
		return SLOW_DELAY_MS;
	}
	// A session that ended before it proved useful was the second attempt.
	if (pace === "prompt" && attempt <= 2) {
		return PROMPT_DELAY_MS;
	}
	const base = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempt - 1, 10));
	return Math.round(base * (0.5 + random));
}
