import { shownEntries, type Model } from "./model";
import { SLOW_SEND_MS, STUCK_SEND_MS } from "./sendDelay";

/** The longest timer of a browser; a longer one fires at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * Returns the milliseconds until the clock alone changes the panel: the next second of a countdown, the
 * next step of a slow send, the end of a time-out. `undefined` if no timer is needed.
 */
export function nextTimerMs(model: Model, nowMs: number, isVisible: boolean): number | undefined {
	if (!isVisible) {
		return undefined;
	}
	const timers: number[] = [];
	if (model.connection.kind === "waiting") {
		const leftMs = model.connection.retryAtMs - nowMs;
		if (leftMs > 1000) {
			timers.push(leftMs % 1000 === 0 ? 1000 : leftMs % 1000);
		}
	}
	const { ownSanction } = model;
	if (ownSanction?.untilMs !== undefined && ownSanction.untilMs > nowMs) {
		timers.push(Math.min(ownSanction.untilMs - nowMs, MAX_TIMER_MS));
	}
	for (const entry of shownEntries(model)) {
		if (entry.kind === "message" && entry.state.kind === "pending") {
			const { sinceMs, waitsFor } = entry.state;
			const leftMs = [SLOW_SEND_MS, STUCK_SEND_MS]
				.map((ageMs) => sinceMs + ageMs - nowMs)
				.find((left) => left > 0);
			if (waitsFor === "ack" && leftMs !== undefined) {
				timers.push(leftMs);
			}
		}
	}
	return timers.length === 0 ? undefined : Math.min(...timers);
}
