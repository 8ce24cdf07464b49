import type { SendOutcome } from "../../shared/protocol";
import type { RoomAddress } from "../../shared/room";
import type { Post } from "./host";
import { addEcho, type Echo, type Model } from "./model";
import { roomKey, type ViewState, type Reply, type Unsettled } from "./viewState";

/** An edited text that was posted to the host and has no `sendResult` yet. */
interface PendingEdit {
	readonly at: string;
	readonly seq: number;
	readonly text: string;
}

/** Posts own messages and edits, and keeps them until the host has answered. */
export class PendingSends {
	readonly #post: Post;
	readonly #viewState: ViewState;
	readonly #edits = new Map<string, PendingEdit>();

	constructor(post: Post, viewState: ViewState) {
		this.#post = post;
		this.#viewState = viewState;
	}

	/** Returns the model with an own message at its end; call `post` once that is shown. */
	begin(
		model: Model,
		clientId: string,
		raw: string,
		text: string,
		reply: Reply | undefined,
	): { readonly model: Model; post(): void } {
		const { target } = model;
		const send: Unsettled = { clientId, target, raw, text, reply, sinceMs: Date.now() };
		this.#viewState.add(send);
		return {
			model: addEcho(model, echoOf(send)),
			post: () => this.#send(send),
		};
	}

	/** Posts an edited text. */
	beginEdit(target: RoomAddress, clientId: string, seq: number, text: string): void {
		this.#edits.set(clientId, { at: roomKey(target), seq, text });
		this.#post({ type: "edit", clientId, target, seq, text });
	}

	/**
	 * Posts again the messages without an answer of an earlier view; the host recognises their ids.
	 * Messages for another database wait until that is open.
	 */
	resume(model: Model): Model {
		const shown = new Set(model.echoes.map((echo) => echo.clientId));
		// Messages with an echo were already posted since the view was opened.
		const unposted = this.#viewState.state.unsettled.filter(
			({ clientId, target }) => target.database === model.target.database && !shown.has(clientId),
		);
		for (const send of unposted) {
			this.#send(send);
		}
		return unposted.reduce((next, send) => addEcho(next, echoOf(send)), model);
	}

	/**
	 * Forgets a message that has an answer, and returns it if it goes back into the open box. A refused
	 * message of another room goes back into that room's draft.
	 */
	onResult(clientId: string, outcome: SendOutcome): Unsettled | undefined {
		this.#onEditResult(clientId, outcome);
		const send = this.#viewState.remove(clientId);
		const at = send === undefined ? "" : roomKey(send.target);
		if (send === undefined || outcome.kind === "accepted" || at === this.#viewState.state.at) {
			return send;
		}
		const draft = this.#viewState.draftAt(at);
		const text = draft.text === "" ? send.raw : `${send.raw}\n${draft.text}`;
		this.#viewState.put(at, { ...draft, text, reply: draft.reply ?? send.reply });
		return undefined;
	}

	/** Ends the edit of a room that was left, once its text is accepted. The open box ends its own. */
	#onEditResult(clientId: string, outcome: SendOutcome): void {
		const edit = this.#edits.get(clientId);
		this.#edits.delete(clientId);
		if (edit === undefined || outcome.kind === "refused" || edit.at === this.#viewState.state.at) {
			return;
		}
		const draft = this.#viewState.draftAt(edit.at);
		if (draft.edit?.seq === edit.seq && draft.edit.text === edit.text) {
			this.#viewState.put(edit.at, { ...draft, edit: undefined });
		}
	}

	#send({ clientId, target, text, reply }: Unsettled): void {
		this.#post({
			type: "send",
			clientId,
			target,
			text,
			...(reply === undefined ? {} : { replyTo: reply.seq }),
		});
	}
}

function echoOf({ clientId, target, text, reply, sinceMs }: Unsettled): Echo {
	return {
		clientId,
		room: target.room,
		text,
		replyTo: reply?.seq,
		sinceMs,
		isAccepted: false,
	};
}
