import { l10n } from "vscode";
import { readComposerInput } from "../../../shared/composerInput";
import type { SendOutcome } from "../../../shared/protocol";
import { LOBBY } from "../../../shared/room";
import { cleanMessage, cleanName } from "../../../shared/text";
import type { CallResult } from "../backend";
import type { ChatSession } from "../session";
import type { OutboxEntry } from "./outbox";
import { messageProblemSentence, nameProblemSentence } from "../textProblems";

/** Where a line was typed, and the number of the message that it answers. */
export interface Where {
	readonly room: number;
	readonly replyTo?: number | undefined;
}

/** Does what a typed line asks for: a message, or a name. */
export class ComposerRequests {
	readonly #session: Pick<ChatSession, "backend" | "delivery" | "limits" | "rooms">;

	constructor(session: Pick<ChatSession, "backend" | "delivery" | "limits" | "rooms">) {
		this.#session = session;
	}

	/**
	 * Takes a line as it was typed. Settles once: `accepted` when the line is the host's to care for,
	 * `refused` with a sentence when the writer must have it back.
	 */
	say(
		clientId: string,
		line: string,
		onResult: (outcome: SendOutcome) => void,
		where: Where = { room: this.#session.rooms.openId },
	): void {
		const wish = readComposerInput(line);
		switch (wish.kind) {
			case "name":
				this.setName(wish.name, onResult);
				return;
			case "message": {
				const message = cleanMessage(wish.text, this.#session.limits.messageLength);
				if (!message.ok) {
					onResult({ kind: "refused", sentence: messageProblemSentence(message.problem) });
					return;
				}
				void this.#session.delivery
					.enqueue(clientId, message.text, toEntry(where))
					.then((problem) =>
						onResult(
							problem === undefined ? { kind: "accepted" } : { kind: "refused", sentence: problem },
						),
					);
				return;
			}
			case "help":
			case "unknownCommand":
				onResult({
					kind: "refused",
					sentence: l10n.t("Use /name to set your name. Start with // to send a slash."),
				});
		}
	}

	/** Sets the own name; `refused` holds the name and the reason. */
	setName(raw: string, onResult: (outcome: SendOutcome) => void): void {
		const refuse = (reason: string) =>
			onResult({
				kind: "refused",
				sentence: l10n.t("Could not set the name “{0}”: {1}", shorten(raw), reason),
			});
		const name = cleanName(raw, this.#session.limits.nameLength);
		if (!name.ok) {
			refuse(nameProblemSentence(name.problem));
			return;
		}
		if (this.#session.backend === undefined) {
			refuse(l10n.t("there is no connection now."));
			return;
		}
		this.#session.backend.setName(name.text, (result) => {
			if (result.kind === "committed") {
				onResult({ kind: "accepted" });
			} else {
				refuse(callSentence(result));
			}
		});
	}
}

function callSentence(result: Exclude<CallResult, { kind: "committed" }>): string {
	return result.kind === "refused"
		? result.reason
		: l10n.t("the server did not answer. It may have been set all the same.");
}

/** The lobby goes without saying, also in journals that are older than rooms. */
function toEntry({ room, replyTo }: Where): Pick<OutboxEntry, "room" | "replyTo"> {
	return {
		...(room === LOBBY ? {} : { room }),
		...(replyTo === undefined ? {} : { replyTo }),
	};
}

/** A value as a sentence can hold it. */
function shorten(text: string): string {
	return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
