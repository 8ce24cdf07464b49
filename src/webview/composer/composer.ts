import * as l10n from "@vscode/l10n";
import { html, nothing, render } from "lit/html.js";
import { DEFAULT_LIMITS } from "../../shared/chat";
import type { SendOutcome } from "../../shared/protocol";
import { NO_DRAFT, type Draft, type Edit, type Reply } from "../model/viewState";
import { renderContextBar } from "./contextBar";
import { decide, helpText } from "./decide";
import { Field } from "./field";
import { renderFoot, renderNotice, type ComposerNotice } from "./footer";
import { isComposing, isPlain, isSendKey } from "./keys";
import { MentionBox } from "./mentionBox";
import { insertMention } from "./mentions";
import type { ComposerPort, ComposerView, Refused } from "./port";

/** The box at the bottom: what is typed, what is wrong with it, and the way to send it. */
export class Composer {
	readonly #root: HTMLElement;
	readonly #port: ComposerPort;
	readonly #field: Field;
	readonly #mentions: MentionBox;
	#view: ComposerView = { limits: DEFAULT_LIMITS, placeholder: "", refusal: "" };
	#draft: Draft;
	#said: ComposerNotice | undefined;
	/** A line under way that stays in the box until the host has answered: a name, or an edited text. */
	#held: { readonly clientId: string; readonly raw: string } | undefined;

	constructor(root: HTMLElement, draft: Draft, port: ComposerPort) {
		this.#root = root;
		this.#port = port;
		this.#draft = draft;
		this.#mentions = new MentionBox((query) => port.mentionable(query));
		this.#draw("");
		this.#field = new Field(root, l10n.t("Message"));
		this.open(draft);
	}

	/** Takes what is known of the room. */
	update(view: ComposerView): void {
		this.#view = view;
		this.#draw();
	}

	/** Shows what stands in the box of another room. */
	open(draft: Draft): void {
		this.#said = undefined;
		this.#held = undefined;
		this.#take(draft);
	}

	/** Lets go of the box: the host may have forgotten what it was asked. */
	release(): void {
		this.#held = undefined;
		this.#draw();
	}

	focus(): void {
		this.#field.focus();
	}

	/** Answers a message with what is typed from now on. */
	answer(reply: Reply): void {
		this.#letGoOfEdit();
		this.#change({ ...this.#draft, reply, edit: undefined });
		this.focus();
	}

	/** Gives an own message another text. What was being typed waits. */
	edit(edit: Edit): void {
		this.#letGoOfEdit();
		this.#change({ ...this.#draft, edit });
		this.focus();
		this.#field.moveCaret(edit.text.length);
	}

	/** Takes the host's word on a line; `refused` is the line if it was a message. */
	settle(clientId: string, outcome: SendOutcome, refused: Refused | undefined): void {
		const held = this.#held?.clientId === clientId ? this.#held : undefined;
		if (held !== undefined) {
			this.#held = undefined;
		}
		if (outcome.kind === "refused") {
			if (refused !== undefined) {
				this.#change(givenBack(this.#draft, refused));
			}
			this.#said = { role: "alert", sentence: outcome.sentence };
		} else if (held !== undefined && this.#draft.edit !== undefined) {
			this.#change({ ...this.#draft, edit: undefined });
		} else if (held !== undefined && this.#field.text === held.raw) {
			this.#change({ ...this.#draft, text: "" });
		}
		this.#draw();
	}

	#take(draft: Draft): void {
		this.#draft = draft;
		this.#field.text = boxText(draft);
		this.#mentions.close();
		this.#draw();
	}

	#change(draft: Draft): void {
		this.#take(draft);
		this.#port.draftChanged(draft);
	}

	readonly #send = (): void => {
		if (this.#held !== undefined || this.#view.refusal !== "") {
			return;
		}
		const raw = this.#field.text;
		const { edit, reply } = this.#draft;
		const decision = decide(raw, edit, this.#view.limits);
		this.#said = undefined;
		switch (decision.kind) {
			case "nothing":
				break;
			case "refuse":
				this.#said = { role: "alert", sentence: decision.sentence };
				break;
			case "help":
				this.#said = { role: "status", sentence: helpText() };
				this.#change({ ...this.#draft, text: "" });
				break;
			case "leaveEdit":
				this.#drop();
				break;
			case "name":
				this.#port.sendName(this.#hold(raw), raw);
				break;
			case "edit":
				this.#port.sendEdit(this.#hold(raw), decision.seq, raw);
				break;
			case "message":
				this.#change(NO_DRAFT);
				this.#port.sendMessage(crypto.randomUUID(), raw, decision.shown, reply);
				this.focus();
				break;
		}
		this.#draw();
	};

	#hold(raw: string): string {
		const clientId = crypto.randomUUID();
		this.#held = { clientId, raw };
		return clientId;
	}

	/** Leaves the edit under way, or else the reply. */
	readonly #drop = (): void => {
		const draft = this.#draft;
		this.#said = undefined;
		this.#letGoOfEdit();
		this.#change(
			draft.edit === undefined ? { ...draft, reply: undefined } : { ...draft, edit: undefined },
		);
		this.focus();
	};

	/** The host's word on a text that is no longer in the box changes nothing there. */
	#letGoOfEdit(): void {
		this.#held = this.#draft.edit === undefined ? this.#held : undefined;
	}

	readonly #onKeydown = (event: KeyboardEvent): void => {
		if (isComposing(event)) {
			return;
		}
		const { reply, edit } = this.#draft;
		const mayDrop = reply !== undefined || edit !== undefined;
		const mentioning = isPlain(event) ? this.#mentions.press(event.key) : "none";
		if (mentioning !== "none") {
			event.preventDefault();
			event.stopPropagation();
			if (mentioning === "take") {
				this.#mention();
			}
			this.#draw();
		} else if (isSendKey(event)) {
			event.preventDefault();
			this.#send();
		} else if (event.key === "Escape" && mayDrop) {
			event.preventDefault();
			event.stopPropagation();
			this.#drop();
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
		const taken = this.#mentions.take(index);
		if (taken !== undefined) {
			const { text, caret } = insertMention(this.#field.text, taken.query, taken.name);
			this.#field.text = text;
			this.#field.moveCaret(caret);
			this.#store(text);
		}
		this.#draw();
	}

	/** Takes note of what is in the box. */
	#store(text: string): void {
		const { edit } = this.#draft;
		this.#draft =
			edit === undefined ? { ...this.#draft, text } : { ...this.#draft, edit: { ...edit, text } };
		this.#port.draftChanged(this.#draft);
	}

	readonly #onInput = (): void => {
		const { text } = this.#field;
		this.#said = undefined;
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
		this.#mentions.close();
		this.#draw();
	};

	/** The first drawing makes the field. */
	#draw(text = this.#field.text): void {
		const { limits, placeholder, refusal } = this.#view;
		const isHeld = this.#held !== undefined;
		const isEdit = this.#draft.edit !== undefined;
		const foot = { text, maxLength: limits.messageLength, refusal, isEdit, isHeld };
		render(
			html`${renderNotice(this.#said)}${
					refusal === "" ? renderContextBar(this.#draft, this.#port, this.#drop) : nothing
				}
				<div
					class="composer-box ${isHeld ? "held" : ""} ${refusal === "" ? "" : "locked"} ${
						text === "" ? "blank" : ""
					}"
				>
					${this.#mentions.render((index) => this.#mention(index))}
					<vscode-text-area
						rows="1"
						resize="none"
						placeholder=${placeholder}
						?readonly=${isHeld || refusal !== ""}
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
		this.#mentions.point((this.#field as Field | undefined)?.control, this.#root);
	}
}

/** What is in the box: the text of an edit while there is one. */
function boxText({ text, edit }: Draft): string {
	return edit?.text ?? text;
}

/** A refused message goes before what was typed since. */
function givenBack(draft: Draft, { text, reply }: Refused): Draft {
	return {
		...draft,
		text: draft.text === "" ? text : `${text}\n${draft.text}`,
		reply: draft.reply ?? reply,
	};
}
