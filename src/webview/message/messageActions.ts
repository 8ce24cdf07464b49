import * as l10n from "@vscode/l10n";
import type { Message } from "../../shared/chat";
import { excerptOf } from "../../shared/excerpt";
import type { Reaction } from "../../shared/room";
import { copyText } from "../ui/copyText";
import { permissionsOf } from "../people/permissions";
import { messagePermissions, type MessageCommand } from "./permissions";
import type { Edit, Reply } from "../model/viewState";
import { renderPicker } from "./emojiPicker";
import type { Post } from "../model/host";
import type { MessagePort } from "./message";
import type { Model } from "../model/model";
import type { Popup } from "../ui/popup";
import { messageCommandLabel, type ToolbarPort } from "./toolbar";

export interface MessageActionsPort {
	readonly post: Post;
	readonly popup: Popup;
	readonly model: () => Model;
	reply(reply: Reply): void;
	edit(edit: Edit): void;
}

/** The commands below a line in the menu. */
const BELOW_A_LINE: readonly MessageCommand[] = ["message", "delete", "remove", "timeOut"];

/** Runs the commands on a message from its toolbar, its menu and its reactions. */
export class MessageActions implements MessagePort, ToolbarPort {
	readonly post: Post;
	readonly #port: MessageActionsPort;

	constructor(port: MessageActionsPort) {
		this.post = port.post;
		this.#port = port;
	}

	isMenuOpen(): boolean {
		return this.#port.popup.isOpen;
	}

	commandsOf(key: string): readonly MessageCommand[] {
		const model = this.#port.model();
		const message = this.#find(key);
		// A message that is not sent yet has its own links.
		return message?.state.kind !== "sent"
			? []
			: messagePermissions(
					message,
					model.people.get(message.sender),
					permissionsOf(model, Date.now()),
				);
	}

	act(key: string, command: MessageCommand, anchor: HTMLElement): void {
		const message = this.#find(key);
		if (message !== undefined) {
			this.#do(message, command, anchor);
		}
	}

	openMore(key: string, anchor: HTMLElement): void {
		this.#port.popup.menu(
			anchor,
			l10n.t("Actions for the message"),
			this.commandsOf(key).map((command) => ({
				...messageCommandLabel(command),
				isApart: BELOW_A_LINE.includes(command),
				run: () => this.act(key, command, anchor),
			})),
		);
	}

	react(message: Message, { emoji, isOwn }: Reaction): void {
		this.#react(message, emoji, !isOwn);
	}

	addReaction(message: Message, anchor: HTMLElement): void {
		const { popup } = this.#port;
		const own = new Set(
			message.post?.reactions.flatMap(({ isOwn, emoji }) => (isOwn ? [emoji] : [])),
		);
		popup.dialog(
			anchor,
			l10n.t("Add Reaction"),
			renderPicker(own, (emoji) => {
				popup.close();
				this.#react(message, emoji, !own.has(emoji));
			}),
		);
	}

	retry(clientId: string): void {
		this.post({ type: "retry", clientId, target: this.#port.model().target });
	}

	discard(clientId: string): void {
		this.post({ type: "discard", clientId, target: this.#port.model().target });
	}

	#find(key: string): Message | undefined {
		const entry = this.#port.model().entries.find((one) => one.key === key);
		return entry?.kind === "message" ? entry : undefined;
	}

	#react({ post }: Message, emoji: string, isOn: boolean): void {
		if (post !== undefined) {
			const { target } = this.#port.model();
			this.post({ type: "react", target, seq: post.seq, emoji, isOn });
		}
	}

	#do(message: Message, command: MessageCommand, anchor: HTMLElement): void {
		const { text, sender } = message;
		const seq = message.post?.seq;
		const { target } = this.#port.model();
		switch (command) {
			case "react":
				this.addReaction(message, anchor);
				break;
			case "reply":
				if (seq !== undefined) {
					this.#port.reply({ seq, sender, excerpt: excerptOf(text) });
				}
				break;
			case "edit":
				if (seq !== undefined) {
					this.#port.edit({ seq, text, original: text });
				}
				break;
			case "copyText":
				if (seq === undefined) {
					void copyText(text, this.post).catch(() => undefined);
				} else {
					this.post({ type: "messageAction", action: "copyText", target, seq });
				}
				break;
			case "showVersions":
			case "delete":
			case "remove":
				if (seq !== undefined) {
					this.post({ type: "messageAction", action: command, target, seq });
				}
				break;
			case "message":
			case "timeOut":
			case "ban":
				this.post({
					type: "personAction",
					action: command,
					database: target.database,
					identity: sender,
				});
				break;
		}
	}
}
