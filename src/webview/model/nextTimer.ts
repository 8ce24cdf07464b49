import { shownEntries, type Model } from "./model";
import { SLOW_SEND_MS, STUCK_SEND_MS } from "./sendDelay";

/** A browser takes a longer time for none at all. */
const MAX_DUE_MS = 2 ** 31 - 1;

/**
 * Milliseconds until the picture changes by the clock alone: the countdown's next second, or the
 * moment when a slow send is worth a word, or a time-out is over. `undefined`: it does not, and no timer is needed.
 */
export function nextTimerMs(model: Model, nowMs: number, isVisible: boolean): number | undefined {
	if (!isVisible) {
		return undefined;
	}
	const dues: number[] = [];
	if (model.connection.kind === "waiting") {
		const leftMs = model.connection.retryAtMs - nowMs;
		if (leftMs > 1000) {
			dues.push(leftMs % 1000 === 0 ? 1000 : leftMs % 1000);
		}
	}
	const { ownSanction } = model;
	if (ownSanction?.untilMs !== undefined && ownSanction.untilMs > nowMs) {
		dues.push(Math.min(ownSanction.untilMs - nowMs, MAX_DUE_MS));
	}
	for (const entry of shownEntries(model)) {
		if (entry.kind === "message" && entry.state.kind === "pending") {
			const { sinceMs, waitsFor } = entry.state;
			const leftMs = [SLOW_SEND_MS, STUCK_SEND_MS]
				.map((ageMs) => sinceMs + ageMs - nowMs)
				.find((left) => left > 0);
			if (waitsFor === "ack" && leftMs !== undefined) {
				dues.push(leftMs);
			}
		}
	}
	return dues.length === 0 ? undefined : Math.min(...dues);
}
