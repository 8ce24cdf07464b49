import type { CallResult, Guarantee } from "../backend";
import type { OutboxEntry, OutboxMove } from "./outbox";
import { readRefusal } from "../refusal";

/** Answers that are neither yes nor a known reason, before they are taken for a no. */
const MAX_TRIES = 3;
const RETRY_AFTER_MS = 1_000;

/**
 * Returns the move of a sent message that the answer to its call leads to.
 *
 * @param nowMs milliseconds since the epoch
 */
export function moveAfter(
	{ tries = 0 }: OutboxEntry,
	result: CallResult,
	guarantee: Guarantee,
	nowMs: number,
): OutboxMove {
	if (result.kind === "noAnswer") {
		return { type: "lose" };
	}
	if (result.kind === "committed") {
		return { type: "ack", sentMicros: result.atMicros };
	}
	const refusal = readRefusal(result.reason, guarantee);
	if (refusal.kind === "wait") {
		return { type: "postpone", notBeforeMs: nowMs + refusal.waitMs };
	}
	return refusal.kind === "unclear" && tries + 1 < MAX_TRIES
		? { type: "postpone", notBeforeMs: nowMs + RETRY_AFTER_MS, tries: tries + 1 }
		: { type: "refuse", reason: refusal.sentence };
}
