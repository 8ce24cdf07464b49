import * as l10n from "@vscode/l10n";
import { html, nothing, render } from "lit/html.js";
import type { MessageCommand } from "./permissions";
import { moveInRow } from "./emojiPicker";
import { keepFocus } from "../ui/popup";

/** The commands with a button of their own. All others are in the menu. */
const DIRECT: readonly MessageCommand[] = ["react", "reply", "edit"];

export interface ToolbarPort {
	/** Returns the permitted commands on the message with this key; empty for a missing one. */
	commandsOf(key: string): readonly MessageCommand[];
	act(key: string, command: MessageCommand, anchor: HTMLElement): void;
	openMore(key: string, anchor: HTMLElement): void;
	/** Returns true while a menu is open. The toolbar stays where it is then. */
	isMenuOpen(): boolean;
}

/** The buttons in the corner of the message under the mouse, or of the focused one. */
export class Toolbar {
	readonly #element = document.createElement("div");
	readonly #port: ToolbarPort;
	#article: HTMLElement | undefined;

	constructor(port: ToolbarPort) {
		this.#port = port;
		this.#element.className = "message-toolbar";
		this.#element.setAttribute("role", "toolbar");
		this.#element.addEventListener("keydown", moveInRow);
		// A press of the mouse leaves the focus in the composer.
		this.#element.addEventListener("mousedown", keepFocus);
	}

	/** Moves the toolbar to a message, or removes it. */
	attach(article: HTMLElement | undefined): void {
		if (this.#port.isMenuOpen() || article === this.#article) {
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

	/** Renders the toolbar again. Call it after drawing the log. */
	refresh(): void {
		if (this.#article?.isConnected === true) {
			this.#draw(this.#article);
		} else if (this.#article !== undefined) {
			this.#article = undefined;
			this.#element.remove();
		}
	}

	/** Opens the menu with all commands on a message. */
	openMore(article: HTMLElement): void {
		this.attach(article);
		this.#element.querySelector<HTMLElement>("button:last-of-type")?.click();
	}

	#draw(article: HTMLElement): void {
		const key = article.dataset["key"] ?? "";
		const commands = this.#port.commandsOf(key);
		if (commands.length === 0) {
			this.#element.remove();
			return;
		}
		const [only] = commands;
		const direct =
			commands.length === 1 ? commands : commands.filter((command) => DIRECT.includes(command));
		this.#element.setAttribute("aria-label", l10n.t("Actions for the message"));
		// There is no space above the first row.
		this.#element.classList.toggle("low", article.previousElementSibling === null);
		render(
			html`${direct.map((command) => this.#renderCommand(key, command))}${
				commands.length === 1 && only !== undefined
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

	#renderCommand(key: string, command: MessageCommand): unknown {
		const { label, icon } = messageCommandLabel(command);
		return html`<button
			class="ui-icon ui-flat"
			type="button"
			aria-haspopup=${command === "react" ? "dialog" : nothing}
			aria-label=${label}
			title=${label}
			@click=${(event: Event) => this.#port.act(key, command, event.currentTarget as HTMLElement)}
		>
			<span class="codicon codicon-${icon}" aria-hidden="true"></span>
		</button>`;
	}
}

/** Returns the label and the codicon of a command. */
export function messageCommandLabel(command: MessageCommand): {
	readonly label: string;
	readonly icon: string;
} {
	switch (command) {
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
