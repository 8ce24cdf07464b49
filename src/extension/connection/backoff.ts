const FIRST_DELAY_MS = 1_000;
const MAX_DELAY_MS = 30_000;

/** For a server that answers but is of no use: asking it again every second helps nobody. */
export const SLOW_RETRY_MS = MAX_DELAY_MS;

/**
 * Milliseconds to wait before try number `attempt + 1`: 1 s, doubled for every failed try up to 30 s,
 * ± 50 % so that a room full of clients does not come back in the same instant.
 *
 * @param attempt failed tries so far, from 1
 * @param random a number in [0, 1)
 */
export function retryDelayMs(attempt: number, random: number): number {
	const base = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempt - 1, 10));
	return Math.round(base * (0.5 + random));
}
