import type { Message, SendState } from "../../../shared/chat";
import type { Outbox, OutboxEntry } from "../outbox/outbox";
import { QueueNumbers } from "./queueNumbers";

/** The own lines on their way, as messages that stand at the end of the log. */
export class PendingMessages {
	readonly #numbers = new QueueNumbers();
	#messages = new Map<string, Message>();

	messages(): readonly Message[] {
		return [...this.#messages.values()];
	}

	/** Its row has come. */
	forget(clientId: string): void {
		this.#messages.delete(clientId);
	}

	/** Shows these messages instead of those before. Returns true if anything has changed. */
	show(waiting: Outbox, me: string, isOnline: boolean): boolean {
		const before = this.#messages;
		const ties = this.#numbers.of(waiting);
		this.#messages = new Map();
		let isSameAsBefore = waiting.length === before.size;
		for (const [index, entry] of waiting.entries()) {
			const known = before.get(entry.clientId);
			const message = toMessage(entry, ties[index] ?? 0, me, isOnline, known);
			this.#messages.set(message.key, message);
			isSameAsBefore &&= message === known;
		}
		return !isSameAsBefore;
	}
}

/** @param known the message as it was shown; returned if nothing has changed */
function toMessage(
	entry: OutboxEntry,
	tie: number,
	me: string,
	isOnline: boolean,
	known: Message | undefined,
): Message {
	const state = sendState(entry, isOnline);
	if (known?.tie === tie && known.sender === me && isSame(known.state, state)) {
		return known;
	}
	return {
		kind: "message",
		key: entry.clientId,
		order: Number.MAX_SAFE_INTEGER,
		tie,
		sender: me,
		isOwn: true,
		sentMs: entry.createdMs,
		text: entry.text,
		state,
		...(entry.replyTo === undefined ? {} : { replyTo: entry.replyTo }),
	};
}

function sendState(entry: OutboxEntry, isOnline: boolean): SendState {
	switch (entry.state) {
		case "queued":
			return {
				kind: "pending",
				sinceMs: entry.createdMs,
				waitsFor: isOnline ? "ack" : "connection",
			};
		case "inFlight":
			return { kind: "pending", sinceMs: entry.createdMs, waitsFor: "ack" };
		case "acked":
			return { kind: "sent" };
		case "failed":
			return { kind: "failed", reason: entry.reason ?? "" };
		case "unknown":
			return { kind: "unknown" };
	}
}

function isSame(a: SendState, b: SendState): boolean {
	switch (a.kind) {
		case "pending":
			return b.kind === "pending" && a.sinceMs === b.sinceMs && a.waitsFor === b.waitsFor;
		case "failed":
			return b.kind === "failed" && a.reason === b.reason;
		default:
			return a.kind === b.kind;
	}
}
