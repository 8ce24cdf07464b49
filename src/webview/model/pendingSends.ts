import type { SendOutcome } from "../../shared/protocol";
import type { RoomAddress } from "../../shared/room";
import type { Post } from "./host";
import { addEcho, type Echo, type Model } from "./model";
import { roomKey, type Drafts, type Reply, type Unsettled } from "./viewState";

/** An edited text that was posted to the host and has no `sendResult` yet. */
interface PendingEdit {
	readonly at: string;
	readonly seq: number;
	readonly text: string;
}

/** Posts own messages and edits, and keeps them until the host has answered. */
export class PendingSends {
	readonly #post: Post;
	readonly #drafts: Drafts;
	readonly #edits = new Map<string, PendingEdit>();

	constructor(post: Post, drafts: Drafts) {
		this.#post = post;
		this.#drafts = drafts;
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
		this.#drafts.add(send);
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
	 * Posts again what had no answer when the view was last closed; the host knows it by its id. A message
	 * for another database waits until that is open.
	 */
	resume(model: Model): Model {
		const shown = new Set(model.echoes.map((echo) => echo.clientId));
		// A message of this life of the view is shown and under way already.
		const open = this.#drafts.state.unsettled.filter(
			({ clientId, target }) => target.database === model.target.database && !shown.has(clientId),
		);
		for (const send of open) {
			this.#send(send);
		}
		return open.reduce((next, send) => addEcho(next, echoOf(send)), model);
	}

	/**
	 * Forgets a message that has an answer, and returns it if it goes back into the open box. A refused
	 * message of another room goes back into that room's draft.
	 */
	settle(clientId: string, outcome: SendOutcome): Unsettled | undefined {
		this.#settleEdit(clientId, outcome);
		const send = this.#drafts.settle(clientId);
		const at = send === undefined ? "" : roomKey(send.target);
		if (send === undefined || outcome.kind === "accepted" || at === this.#drafts.state.at) {
			return send;
		}
		const draft = this.#drafts.draftAt(at);
		const text = draft.text === "" ? send.raw : `${send.raw}\n${draft.text}`;
		this.#drafts.put(at, { ...draft, text, reply: draft.reply ?? send.reply });
		return undefined;
	}

	/** Ends the edit of a room that was left, once its text is accepted. The open box ends its own. */
	#settleEdit(clientId: string, outcome: SendOutcome): void {
		const edit = this.#edits.get(clientId);
		this.#edits.delete(clientId);
		if (edit === undefined || outcome.kind === "refused" || edit.at === this.#drafts.state.at) {
			return;
		}
		const draft = this.#drafts.draftAt(edit.at);
		if (draft.edit?.seq === edit.seq && draft.edit.text === edit.text) {
			this.#drafts.put(edit.at, { ...draft, edit: undefined });
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
