import * as l10n from "@vscode/l10n";
import { html, nothing, render } from "lit/html.js";
import { STOCK_LIMITS, type TextLimits } from "../shared/chat";
import { readLine } from "../shared/line";
import { MAX_WISH_LENGTH, type SendOutcome } from "../shared/protocol";
import { cleanMessage, scalarLength } from "../shared/text";

/** The counter appears when fewer characters than this are left. */
const COUNTER_FROM = 200;
/** Characters that the rest of a wish may take. */
const WISH_SLACK = 256;

/** What the composer asks of its owner. */
export interface ComposerPort {
	/** `raw` is what was typed, `shown` what the message will read. */
	sendMessage(draftId: string, raw: string, shown: string): void;
	sendName(draftId: string, raw: string): void;
	draftChanged(text: string): void;
}

/** The parts of the toolkit's text area that are used here. */
interface TextField extends HTMLElement {
	value?: string;
	/** The native text area inside, once the element is upgraded. */
	control?: HTMLTextAreaElement;
}

/** Whether a key press means "send" and does not belong to an input method. */
function isSendKey(event: KeyboardEvent): boolean {
	// 229 is what Chromium reports for keys that an input method takes, when isComposing is late.
	// eslint-disable-next-line @typescript-eslint/no-deprecated
	const isComposing = event.isComposing || event.keyCode === 229;
	return event.key === "Enter" && !event.shiftKey && !event.altKey && !isComposing;
}

/** The box at the bottom: what is typed, what is wrong with it, and the way to send it. */
export class Composer {
	readonly #root: HTMLElement;
	readonly #port: ComposerPort;
	readonly #field: TextField;
	#limits: TextLimits = STOCK_LIMITS;
	#placeholder = "";
	#said: { readonly role: "status" | "alert"; readonly sentence: string } | undefined;
	/** A `/name` line under way: it stays in the box until the host has answered. */
	#naming: { readonly draftId: string; readonly raw: string } | undefined;
	#isHeld = false;

	constructor(root: HTMLElement, draft: string, port: ComposerPort) {
		this.#root = root;
		this.#port = port;
		this.#draw();
		const field = root.querySelector<TextField>("vscode-text-area");
		if (field === null) {
			throw new Error("The composer has no text area.");
		}
		this.#field = field;
		// The toolkit sets "Text area" when the element is connected, so this comes after.
		field.setAttribute("aria-label", l10n.t("Message"));
		this.#put(draft);
		this.#draw();
	}

	/** Takes what a snapshot says about this place. */
	update(limits: TextLimits, placeholder: string): void {
		this.#limits = limits;
		this.#placeholder = placeholder;
		this.#draw();
	}

	/** Lets go of the box: the host may have forgotten what it was asked. */
	release(): void {
		this.#isHeld = false;
		this.#draw();
	}

	focus(): void {
		this.#field.focus();
	}

	/** Takes the host's word on a line; `raw` is the line if it was a message. */
	settle(draftId: string, outcome: SendOutcome, raw: string | undefined): void {
		const naming = this.#naming?.draftId === draftId ? this.#naming : undefined;
		if (naming !== undefined) {
			this.#naming = undefined;
			this.#isHeld = false;
		}
		if (outcome.kind === "refused") {
			if (raw !== undefined) {
				this.#giveBack(raw);
			}
			this.#said = { role: "alert", sentence: outcome.sentence };
		} else if (naming !== undefined && this.#text === naming.raw) {
			this.#write("");
		}
		this.#draw();
	}

	get #text(): string {
		return this.#field.value ?? "";
	}

	/** A refused message goes before what was typed since. */
	#giveBack(raw: string): void {
		const typed = this.#text;
		this.#write(typed === "" ? raw : `${raw}\n${typed}`);
	}

	#write(text: string): void {
		this.#put(text);
		this.#port.draftChanged(text);
	}

	#put(text: string): void {
		this.#field.value = text;
		// The toolkit passes a value on in the next frame; a key pressed before would bring the old one
		// back.
		if (this.#field.control !== undefined) {
			this.#field.control.value = text;
		}
	}

	#send(): void {
		const raw = this.#text;
		if (this.#isHeld || raw.trim() === "") {
			return;
		}
		const line = readLine(raw);
		this.#said = undefined;
		switch (line.kind) {
			case "help":
				this.#say("status", helpText());
				this.#write("");
				break;
			case "unknownCommand":
				this.#say(
					"alert",
					l10n.t(
						"There is no {0}. /help lists the commands; start with // to send a slash.",
						line.word,
					),
				);
				break;
			case "name":
				if (raw.length > MAX_WISH_LENGTH - WISH_SLACK) {
					this.#say("alert", tooLong(scalarLength(line.name), this.#limits.nameLength));
				} else {
					this.#sendName(raw);
				}
				break;
			case "message":
				this.#sendMessage(raw, line.text);
				break;
		}
		this.#draw();
	}

	#sendName(raw: string): void {
		const draftId = crypto.randomUUID();
		this.#naming = { draftId, raw };
		this.#isHeld = true;
		this.#port.sendName(draftId, raw);
	}

	#sendMessage(raw: string, text: string): void {
		const max = this.#limits.messageLength;
		const clean = cleanMessage(text, max);
		if (!clean.ok && clean.problem.kind === "tooLong") {
			this.#say("alert", tooLong(clean.problem.length, max));
		} else if (raw.length > MAX_WISH_LENGTH - WISH_SLACK) {
			this.#say("alert", tooLong(scalarLength(text), Math.min(max, MAX_WISH_LENGTH - WISH_SLACK)));
		} else {
			// Of other problems the host has the sentences; it gives the text back with them.
			this.#write("");
			this.#port.sendMessage(crypto.randomUUID(), raw, clean.ok ? clean.text : text);
			this.#field.focus();
		}
	}

	#say(role: "status" | "alert", sentence: string): void {
		this.#said = { role, sentence };
	}

	readonly #onKeydown = (event: KeyboardEvent): void => {
		if (isSendKey(event)) {
			event.preventDefault();
			this.#send();
		}
	};

	readonly #onInput = (): void => {
		this.#said = undefined;
		this.#port.draftChanged(this.#text);
		this.#draw();
	};

	readonly #onSendClick = (): void => this.#send();

	#draw(): void {
		// The first drawing makes the field.
		const text = (this.#field as TextField | undefined)?.value ?? "";
		// Counting is for the few who come near the limit: a character has one or two units.
		const left =
			text.length > this.#limits.messageLength - COUNTER_FROM
				? this.#limits.messageLength - scalarLength(text)
				: COUNTER_FROM;
		const isNear = left < COUNTER_FROM;
		const said = this.#said;
		render(
			html`${
					said === undefined
						? nothing
						: html`<p class="said ${said.role}" role=${said.role}>
								<span
									class="codicon codicon-${said.role === "alert" ? "error" : "info"}"
									aria-hidden="true"
								></span>
								<span>${said.sentence}</span>
							</p>`
				}
				<div class="box ${this.#isHeld ? "held" : ""}">
					<vscode-text-area
						rows="1"
						resize="none"
						placeholder=${this.#placeholder}
						?readonly=${this.#isHeld}
						@keydown=${this.#onKeydown}
						@input=${this.#onInput}
					></vscode-text-area>
					<div class="row">
						<span class="hint">${l10n.t("Shift+Enter for a new line")}</span>
						${
							isNear
								? html`<span
										class="counter ${left < 0 ? "over" : ""}"
										title=${l10n.t("Characters left")}
										>${left}</span
									>`
								: nothing
						}
						<vscode-button
							appearance="icon"
							class="send"
							aria-label=${l10n.t("Send")}
							title=${l10n.t("Send")}
							?disabled=${this.#isHeld || text.trim() === ""}
							@click=${this.#onSendClick}
							><span class="codicon codicon-send" aria-hidden="true"></span
						></vscode-button>
					</div>
				</div>`,
			this.#root,
		);
	}
}

function tooLong(length: number, max: number): string {
	return l10n.t("This text has {0} characters; {1} are allowed.", length, max);
}

function helpText(): string {
	return l10n.t(
		"/name and a name sets your name. /help shows this. Start with // to send a slash. **bold**, *italic*, `code` and ``` blocks are understood.",
	);
}
