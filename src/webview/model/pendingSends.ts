import type { SendOutcome } from "../../shared/protocol";
import type { RoomAddress } from "../../shared/room";
import { cleanMessage } from "../../shared/text";
import type { Post } from "./host";
import { addEcho, type Echo, type Model } from "./model";
import {
	roomKey,
	type Draft,
	type Edit,
	type ViewState,
	type Reply,
	type Unsettled,
} from "./viewState";

/** A name or an edited text that was posted to the host and has no `sendResult` yet. */
interface PendingBox {
	/** The room whose draft holds the text. */
	readonly at: string;
	readonly raw: string;
	/** Absent for a name. */
	readonly edit?: Edit;
}

/** Posts own messages, names and edits, and keeps them until the host has answered. */
export class PendingSends {
	readonly #post: Post;
	readonly #viewState: ViewState;
	readonly #boxes = new Map<string, PendingBox>();

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
	beginEdit(target: RoomAddress, clientId: string, edit: Edit): void {
		const { seq, text } = edit;
		this.#boxes.set(clientId, { at: roomKey(target), raw: text, edit });
		this.#post({ type: "edit", clientId, target, seq, text });
	}

	/** Posts a name; `raw` is the typed text, which the draft of the room holds. */
	beginName(target: RoomAddress, clientId: string, raw: string, name: string): void {
		this.#boxes.set(clientId, { at: roomKey(target), raw });
		this.#post({ type: "setName", clientId, database: target.database, name });
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
	 * Forgets a request that has an answer. An accepted name or edit leaves the draft of its room, and a
	 * refused message goes back into it. Returns the draft of the open room if it changed.
	 */
	onResult(clientId: string, outcome: SendOutcome): Draft | undefined {
		const box = this.#boxes.get(clientId);
		this.#boxes.delete(clientId);
		const send = this.#viewState.remove(clientId);
		if (box !== undefined && outcome.kind === "accepted") {
			return this.#put(box.at, withoutAccepted(this.#viewState.draftAt(box.at), box));
		}
		if (send !== undefined && outcome.kind === "refused") {
			const at = roomKey(send.target);
			return this.#put(at, givenBack(this.#viewState.draftAt(at), send));
		}
		return undefined;
	}

	/**
	 * Ends the edit in the open box if its message has the posted text by now: the answer to an earlier
	 * view's request never comes. Returns the draft if it changed.
	 */
	endAppliedEdit({ entries, limits }: Model): Draft | undefined {
		const { at } = this.#viewState.state;
		const draft = this.#viewState.draftAt(at);
		const { edit } = draft;
		if (edit?.isPosted !== true) {
			return undefined;
		}
		const clean = cleanMessage(edit.text, limits.messageLength);
		const isApplied = entries.some(
			(entry) =>
				entry.kind === "message" &&
				entry.post?.seq === edit.seq &&
				clean.ok &&
				entry.text === clean.text,
		);
		return isApplied ? this.#put(at, { ...draft, edit: undefined }) : undefined;
	}

	/** Stores a draft, and returns it if it changed and is that of the open room. */
	#put(at: string, draft: Draft): Draft | undefined {
		if (draft === this.#viewState.draftAt(at)) {
			return undefined;
		}
		this.#viewState.put(at, draft);
		return at === this.#viewState.state.at ? draft : undefined;
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

/** Returns the draft without a name or an edit that was accepted; the same draft if it changed since. */
function withoutAccepted(draft: Draft, { raw, edit }: PendingBox): Draft {
	if (edit === undefined) {
		return draft.text === raw ? { ...draft, text: "" } : draft;
	}
	const isSame =
		draft.edit?.seq === edit.seq &&
		draft.edit.original === edit.original &&
		draft.edit.text === raw;
	return isSame ? { ...draft, edit: undefined } : draft;
}

/** Returns the draft with a refused message before the text typed since. */
function givenBack(draft: Draft, { raw, reply }: Unsettled): Draft {
	return {
		...draft,
		text: draft.text === "" ? raw : `${raw}\n${draft.text}`,
		reply: draft.reply ?? reply,
	};
}
