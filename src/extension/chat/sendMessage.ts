import type { SendOutcome } from "../../shared/protocol";
import type { RoomAddress } from "../../shared/room";
import { LOBBY } from "../../shared/room";
import { cleanMessage } from "../../shared/text";
import type { ChatSession } from "./session";
import { messageProblemSentence } from "./textProblems";

/** A message as the user typed it, and where it belongs. */
export interface TypedMessage {
	/** UUID, made when Enter was pressed. */
	readonly clientId: string;
	readonly text: string;
	readonly target: RoomAddress;
	/** The number of the message that it answers. */
	readonly replyTo?: number | undefined;
}

/**
 * Puts a message into the outbox. Resolves with `accepted` once the host keeps it safe, or with
 * `refused` and a sentence where the writer must keep it. Never rejects.
 */
export async function sendMessage(
	session: Pick<ChatSession, "delivery" | "limits" | "problemWith">,
	{ clientId, text, target, replyTo }: TypedMessage,
): Promise<SendOutcome> {
	const problem = session.problemWith(target);
	if (problem !== undefined) {
		return { kind: "refused", sentence: problem };
	}
	const message = cleanMessage(text, session.limits.messageLength);
	if (!message.ok) {
		return { kind: "refused", sentence: messageProblemSentence(message.problem) };
	}
	const { room, createdMicros } = target;
	const sentence = await session.delivery.enqueue(clientId, message.text, {
		// A journal that is older than rooms has entries without one: they are for the lobby.
		...(room === LOBBY ? {} : { room }),
		...(createdMicros === undefined ? {} : { roomCreatedMicros: createdMicros }),
		...(replyTo === undefined ? {} : { replyTo }),
	});
	return sentence === undefined ? { kind: "accepted" } : { kind: "refused", sentence };
}
