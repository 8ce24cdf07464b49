import { readComposerInput } from "../../shared/composerInput";
import type { SendOutcome } from "../../shared/protocol";
import { homeOf, type ViewState, type Reply, type Unsettled } from "./viewState";
import type { Post } from "./host";
import { addEcho, type Echo, type Model } from "./model";

/** Posts own messages, shows their echoes, and stores them until the host has answered. */
export class PendingSends {
	readonly #post: Post;
	readonly #viewState: ViewState;

	constructor(post: Post, viewState: ViewState) {
		this.#post = post;
		this.#viewState = viewState;
	}

	/** Adds the echo of a message to the model. Call `post` once the echo is in the log. */
	begin(
		model: Model,
		clientId: string,
		raw: string,
		shown: string,
		reply: Reply | undefined,
	): { readonly model: Model; post(): void } {
		const send: Unsettled = {
			...{ clientId, home: homeOf(model.place), room: model.roomId },
			...{ text: raw, reply, sinceMs: Date.now() },
		};
		this.#viewState.add(send);
		return {
			model: addEcho(model, { ...echoOf(send), text: shown }),
			post: () => this.#send(send),
		};
	}

	/**
	 * Posts again the messages that were pending when the view was closed; the host recognises their ids.
	 * Messages for another database wait until that is open.
	 */
	resume(model: Model): Model {
		const shown = new Set(model.echoes.map((echo) => echo.clientId));
		const home = homeOf(model.place);
		// Messages with an echo were already posted since the view was opened.
		const unposted = this.#viewState.state.unsettled.filter(
			(send) => send.home === home && !shown.has(send.clientId),
		);
		for (const send of unposted) {
			this.#send(send);
		}
		return unposted.reduce((next, send) => addEcho(next, echoOf(send)), model);
	}

	/**
	 * Forgets an answered message, and returns it if the composer needs it. A refused message of another
	 * room goes back into the draft of that room.
	 */
	onResult(clientId: string, outcome: SendOutcome): Unsettled | undefined {
		const send = this.#viewState.remove(clientId);
		const at = send === undefined ? "" : `${send.home}/${send.room}`;
		if (send === undefined || outcome.kind === "accepted" || at === this.#viewState.state.at) {
			return send;
		}
		const draft = this.#viewState.draftAt(at);
		const text = draft.text === "" ? send.text : `${send.text}\n${draft.text}`;
		this.#viewState.put(at, { ...draft, text, reply: draft.reply ?? send.reply });
		return undefined;
	}

	#send({ clientId, room, text, reply }: Unsettled): void {
		this.#post({
			type: "send",
			clientId,
			room,
			text,
			...(reply === undefined ? {} : { replyTo: reply.seq }),
		});
	}
}

/** Returns the echo of a pending message. */
function echoOf({ clientId, room, text, reply, sinceMs }: Unsettled): Echo {
	const line = readComposerInput(text);
	return {
		clientId,
		room,
		text: line.kind === "message" ? line.text : text,
		replyTo: reply?.seq,
		sinceMs,
		isAccepted: false,
	};
}
