import * as l10n from "@vscode/l10n";
import { html, nothing, render } from "lit/html.js";
import { DEFAULT_LIMITS } from "../../shared/chat";
import { helpText } from "../../shared/composerInput";
import type { SendOutcome } from "../../shared/protocol";
import { NO_DRAFT, type Draft, type Edit, type Reply } from "../model/viewState";
import { renderContextBar } from "./contextBar";
import { decide } from "./decide";
import { Field } from "./field";
import { renderFoot, renderNotice, type ComposerNotice } from "./footer";
import { isComposing, isPlain, isSendKey } from "./keys";
import { MentionBox } from "./mentionBox";
import { insertMention } from "./mentions";
import type { ComposerPort, ComposerView } from "./port";

/** The composer: the text field, a notice about its text, and the button that sends it. */
export class Composer {
	readonly #root: HTMLElement;
	readonly #port: ComposerPort;
	readonly #field: Field;
	readonly #mentions: MentionBox;
	#view: ComposerView = { isReady: false, limits: DEFAULT_LIMITS, placeholder: "", refusal: "" };
	#draft: Draft;
	#notice: ComposerNotice | undefined;
	/** The id of a name or an edit that the host has not answered; its text stays in the box until then. */
	#awaitedId: string | undefined;
	/** True from a keystroke in the box until it is left or its text is sent. */
	#isTyping = false;
	/** True until Enter, after another room was opened under the hands of somebody who types. */
	#mustConfirm = false;
	/** True while the box is locked for the result. */
	#isHeld = false;

	constructor(root: HTMLElement, draft: Draft, port: ComposerPort) {
		this.#root = root;
		this.#port = port;
		this.#draft = draft;
		this.#mentions = new MentionBox((query) => port.mentionable(query));
		this.#draw("");
		this.#field = new Field(root, l10n.t("Message"));
		this.open(draft);
	}

	/** Sets the view of the open room. */
	update(view: ComposerView): void {
		this.#view = view;
		this.#draw();
	}

	/**
	 * Shows the draft of another room.
	 *
	 * @param isAsked false if nobody here asked for that room: somebody who types then does not mean it
	 */
	open(draft: Draft, isAsked = true): void {
		this.#notice = undefined;
		const { text } = this.#field;
		// A draft that stays in the box is that of the same room, whose creation time is known now.
		this.#mustConfirm = !isAsked && this.#isTyping && text !== "" && text !== boxText(draft);
		this.#await(undefined);
		this.#show(draft);
	}

	/** Unlocks the box, since the host may have lost the request. A later result still counts. */
	release(): void {
		this.#isHeld = false;
		this.#draw();
	}

	focus(): void {
		this.#field.focus();
	}

	/** Begins a reply to a message. */
	reply(reply: Reply): void {
		this.#abandonEdit();
		this.#change({ ...this.#draft, reply, edit: undefined });
		this.focus();
	}

	/** Begins an edit of an own message. The draft waits. */
	edit(edit: Edit): void {
		this.#abandonEdit();
		this.#change({ ...this.#draft, edit });
		this.focus();
		this.#field.moveCaret(edit.text.length);
	}

	/** Applies the result of a request; `draft` is the draft of this room, if the result changed it. */
	onResult(clientId: string, outcome: SendOutcome, draft: Draft | undefined): void {
		if (this.#awaitedId === clientId) {
			this.#await(undefined);
		}
		if (outcome.kind === "refused") {
			this.#notice = { role: "alert", sentence: outcome.sentence };
		}
		this.replaceDraft(draft);
		this.#draw();
	}

	/** Shows the draft of this room, if something else than the box changed it. */
	replaceDraft(draft: Draft | undefined): void {
		if (draft !== undefined) {
			this.#show(draft);
		}
	}

	#show(draft: Draft): void {
		this.#draft = draft;
		this.#field.text = boxText(draft);
		this.#mentions.close();
		this.#draw();
	}

	#change(draft: Draft): void {
		this.#show(draft);
		this.#port.draftChanged(draft);
	}

	readonly #send = (): void => {
		if (this.#isHeld || this.#view.refusal !== "") {
			return;
		}
		if (!this.#view.isReady) {
			this.#notice = {
				role: "status",
				sentence: l10n.t("The chat is loading. Your text stays here."),
			};
			this.#draw();
			return;
		}
		if (this.#mustConfirm) {
			this.#mustConfirm = false;
			this.#notice = {
				role: "alert",
				sentence: l10n.t(
					"Another room was opened while you typed. Press Enter again to send here.",
				),
			};
			this.#draw();
			return;
		}
		this.#isTyping = false;
		const raw = this.#field.text;
		const { edit, reply } = this.#draft;
		const decision = decide(raw, edit, this.#view.limits);
		this.#notice = undefined;
		switch (decision.kind) {
			case "nothing":
				break;
			case "refuse":
				this.#notice = { role: "alert", sentence: decision.sentence };
				break;
			case "help":
				this.#notice = { role: "status", sentence: helpText(l10n) };
				this.#change({ ...this.#draft, text: "" });
				break;
			case "leaveEdit":
				this.#cancel();
				break;
			case "name":
				this.#port.sendName(this.#markAwaited(), raw, decision.name);
				break;
			case "edit":
				if (edit !== undefined) {
					this.#storeEdit({ ...edit, text: raw, isPosted: true });
					this.#port.sendEdit(this.#markAwaited(), { ...edit, text: raw });
				}
				break;
			case "message":
				this.#change(NO_DRAFT);
				this.#port.sendMessage(crypto.randomUUID(), raw, decision.text, reply);
				this.focus();
				break;
		}
		this.#draw();
	};

	#markAwaited(): string {
		const clientId = crypto.randomUUID();
		this.#await(clientId);
		return clientId;
	}

	#await(clientId: string | undefined): void {
		this.#awaitedId = clientId;
		this.#isHeld = clientId !== undefined;
	}

	/** Cancels the edit, or else the reply. */
	readonly #cancel = (): void => {
		const draft = this.#draft;
		this.#notice = undefined;
		this.#abandonEdit();
		this.#change(
			draft.edit === undefined ? { ...draft, reply: undefined } : { ...draft, edit: undefined },
		);
		this.focus();
	};

	/** Forgets a pending edit, so that its result does not change the box. */
	#abandonEdit(): void {
		if (this.#draft.edit !== undefined) {
			this.#await(undefined);
		}
	}

	readonly #onKeydown = (event: KeyboardEvent): void => {
		if (isComposing(event)) {
			return;
		}
		const { reply, edit } = this.#draft;
		const canCancel = reply !== undefined || edit !== undefined;
		const mentionKey = isPlain(event) ? this.#mentions.press(event.key) : "none";
		if (mentionKey !== "none") {
			event.preventDefault();
			event.stopPropagation();
			if (mentionKey === "take") {
				this.#mention();
			}
			this.#draw();
		} else if (isSendKey(event)) {
			event.preventDefault();
			this.#send();
		} else if (event.key === "Escape" && canCancel) {
			event.preventDefault();
			event.stopPropagation();
			this.#cancel();
		} else if (event.key === "ArrowUp" && isPlain(event)) {
			this.#editLast(event);
		}
	};

	#editLast(event: KeyboardEvent): void {
		const isFree = this.#view.refusal === "" && this.#draft.edit === undefined;
		const own = isFree && this.#field.text === "" ? this.#port.lastOwn() : undefined;
		if (own !== undefined) {
			event.preventDefault();
			this.edit(own);
		}
	}

	#mention(index?: number): void {
		const chosen = this.#mentions.take(index);
		if (chosen !== undefined) {
			const { text, caret } = insertMention(this.#field.text, chosen.query, chosen.name);
			this.#field.text = text;
			this.#field.moveCaret(caret);
			this.#store(text);
		}
		this.#draw();
	}

	/** Stores the text of the box in the draft. */
	#store(text: string): void {
		const { edit } = this.#draft;
		if (edit === undefined) {
			this.#draft = { ...this.#draft, text };
			this.#port.draftChanged(this.#draft);
		} else {
			this.#storeEdit({ ...edit, text, isPosted: false });
		}
	}

	#storeEdit(edit: Edit): void {
		this.#draft = { ...this.#draft, edit };
		this.#port.draftChanged(this.#draft);
	}

	readonly #onInput = (): void => {
		const { text } = this.#field;
		this.#notice = undefined;
		this.#isTyping = true;
		this.#store(text);
		this.#mentions.update(text, this.#field.caret);
		if (text.trim() !== "" && !text.startsWith("/") && this.#draft.edit === undefined) {
			this.#port.typed();
		}
		this.#draw();
	};

	readonly #onCaret = (): void => {
		if (this.#mentions.isOpen) {
			this.#mentions.update(this.#field.text, this.#field.caret);
			this.#draw();
		}
	};

	readonly #onBlur = (): void => {
		this.#isTyping = false;
		this.#mentions.close();
		this.#draw();
	};

	/** Renders the composer. The first call creates the field. */
	#draw(text = this.#field.text): void {
		const { limits, placeholder, refusal } = this.#view;
		const isPending = this.#isHeld;
		const isEdit = this.#draft.edit !== undefined;
		const foot = { text, maxLength: limits.messageLength, refusal, isEdit, isPending };
		render(
			html`${renderNotice(this.#notice)}${
					refusal === "" ? renderContextBar(this.#draft, this.#port, this.#cancel) : nothing
				}
				<div
					class="composer-box ${isPending ? "pending" : ""} ${refusal === "" ? "" : "locked"} ${
						text === "" ? "blank" : ""
					}"
				>
					${this.#mentions.render((index) => this.#mention(index))}
					<vscode-text-area
						rows="1"
						resize="none"
						placeholder=${placeholder}
						?readonly=${isPending || refusal !== ""}
						@keydown=${this.#onKeydown}
						@keyup=${this.#onCaret}
						@click=${this.#onCaret}
						@blur=${this.#onBlur}
						@input=${this.#onInput}
					></vscode-text-area>
					${renderFoot(foot, this.#send)}
				</div>
				<span class="ui-spoken" role="status">${this.#mentions.spoken()}</span>`,
			this.#root,
		);
		this.#mentions.setAriaReferences((this.#field as Field | undefined)?.control, this.#root);
	}
}

/** Returns the text of the box: that of an edit while there is one. */
function boxText({ text, edit }: Draft): string {
	return edit?.text ?? text;
}
