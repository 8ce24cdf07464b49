import * as l10n from "@vscode/l10n";
import { html, nothing, render } from "lit/html.js";
import type { MessageCommand } from "./permissions";
import { moveInRow } from "./emojiPicker";
import { keepFocus } from "../ui/popup";

/** The deeds that have a button of their own, while there are others too. */
const DIRECT: readonly MessageCommand[] = ["react", "reply", "edit"];

export interface ToolbarPort {
	/** What may be done with the message of this key; nothing for one that is not there. */
	deedsOf(key: string): readonly MessageCommand[];
	act(key: string, deed: MessageCommand, anchor: HTMLElement): void;
	openMore(key: string, anchor: HTMLElement): void;
	/** A menu is open, so nothing may move. */
	isHeld(): boolean;
}

/** The buttons in the corner of the message under the mouse, or of the one that has the focus. */
export class Toolbar {
	readonly #element = document.createElement("div");
	readonly #port: ToolbarPort;
	#article: HTMLElement | undefined;

	constructor(port: ToolbarPort) {
		this.#port = port;
		this.#element.className = "message-toolbar";
		this.#element.setAttribute("role", "toolbar");
		this.#element.addEventListener("keydown", moveInRow);
		// A press of the mouse leaves the focus where one writes.
		this.#element.addEventListener("mousedown", keepFocus);
	}

	/** Goes to a message, or away. */
	attach(article: HTMLElement | undefined): void {
		if (this.#port.isHeld() || article === this.#article) {
			return;
		}
		if (this.#element.contains(document.activeElement)) {
			this.#article?.focus({ preventScroll: true });
		}
		this.#article = article;
		if (article === undefined) {
			this.#element.remove();
		} else {
			this.#draw(article);
		}
	}

	/** To be called when the log was drawn. */
	refresh(): void {
		if (this.#article?.isConnected === true) {
			this.#draw(this.#article);
		} else if (this.#article !== undefined) {
			this.#article = undefined;
			this.#element.remove();
		}
	}

	/** Opens the menu of all that may be done with a message. */
	openMore(article: HTMLElement): void {
		this.attach(article);
		this.#element.querySelector<HTMLElement>("button:last-of-type")?.click();
	}

	#draw(article: HTMLElement): void {
		const key = article.dataset["key"] ?? "";
		const deeds = this.#port.deedsOf(key);
		if (deeds.length === 0) {
			this.#element.remove();
			return;
		}
		const [only] = deeds;
		const direct = deeds.length === 1 ? deeds : deeds.filter((deed) => DIRECT.includes(deed));
		this.#element.setAttribute("aria-label", l10n.t("Actions for the message"));
		// Above the first line of all there is no room.
		this.#element.classList.toggle("low", article.previousElementSibling === null);
		render(
			html`${direct.map((deed) => this.#renderDeed(key, deed))}${
				deeds.length === 1 && only !== undefined
					? nothing
					: html`<button
							class="ui-icon ui-flat"
							type="button"
							aria-haspopup="menu"
							aria-expanded="false"
							aria-label=${l10n.t("More Actions…")}
							title=${l10n.t("More Actions…")}
							@click=${(event: Event) =>
								this.#port.openMore(key, event.currentTarget as HTMLElement)}
						>
							<span class="codicon codicon-ellipsis" aria-hidden="true"></span>
						</button>`
			}`,
			this.#element,
		);
		if (this.#element.parentElement !== article) {
			article.append(this.#element);
		}
	}

	#renderDeed(key: string, deed: MessageCommand): unknown {
		const { label, icon } = messageCommandLabel(deed);
		return html`<button
			class="ui-icon ui-flat"
			type="button"
			aria-haspopup=${deed === "react" ? "dialog" : nothing}
			aria-label=${label}
			title=${label}
			@click=${(event: Event) => this.#port.act(key, deed, event.currentTarget as HTMLElement)}
		>
			<span class="codicon codicon-${icon}" aria-hidden="true"></span>
		</button>`;
	}
}

/** What a deed is called, and its codicon. */
export function messageCommandLabel(deed: MessageCommand): {
	readonly label: string;
	readonly icon: string;
} {
	switch (deed) {
		case "react":
			return { label: l10n.t("Add Reaction"), icon: "smiley" };
		case "reply":
			return { label: l10n.t("Reply"), icon: "reply" };
		case "edit":
			return { label: l10n.t("Edit"), icon: "edit" };
		case "copyText":
			return { label: l10n.t("Copy Text"), icon: "copy" };
		case "showVersions":
			return { label: l10n.t("Show Earlier Texts"), icon: "history" };
		case "delete":
			return { label: l10n.t("Delete…"), icon: "trash" };
		case "remove":
			return { label: l10n.t("Remove…"), icon: "trash" };
		case "message":
			return { label: l10n.t("Message the Author"), icon: "comment" };
		case "timeOut":
			return { label: l10n.t("Time Out…"), icon: "watch" };
		case "ban":
			return { label: l10n.t("Ban…"), icon: "circle-slash" };
	}
}
