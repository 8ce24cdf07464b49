import type { Message } from "../../shared/chat";

/** The age at which a pending message shows "Sending…". */
export const SLOW_SEND_MS = 500;
/** The age at which a pending message offers Retry; as long as an answer may take. */
export const STUCK_SEND_MS = 10_000;

/** The delay of a pending message, in the steps that the log shows. */
export type Delay = "none" | "slow" | "stuck";

/** Returns the delay of a message that waits for its ack. */
export function delayOf({ state }: Message, nowMs: number): Delay {
	if (state.kind !== "pending" || state.waitsFor !== "ack") {
		return "none";
	}
	const ageMs = nowMs - state.sinceMs;
	return ageMs >= STUCK_SEND_MS ? "stuck" : ageMs >= SLOW_SEND_MS ? "slow" : "none";
}
