import * as l10n from "@vscode/l10n";
import { nothing, render } from "lit/html.js";
import { roomKey } from "../model/viewState";
import type { Post } from "../model/host";
import { jumpButton } from "./jumpButton";
import type { Model } from "../model/model";
import { unreadStart } from "./unreadStart";

/**
 * The way up to the first of more new messages than the window holds. A reader of so many begins at the
 * end; whoever has met the first is not led there again.
 */
export class FirstNewMessage {
	readonly element = document.createElement("div");
	readonly #post: Post;
	/** The first unread message that was met last: its room and number. */
	#met = "";

	constructor(post: Post) {
		this.#post = post;
		this.element.className = "log-first-new";
	}

	draw(model: Model): void {
		const start = unreadStart(model);
		const which = `${model.firstUnread} ${roomKey(model.place, model.roomId)}`;
		if (start.kind === "here") {
			this.#met = which;
		}
		const isOffered =
			start.kind === "above" && which !== this.#met && model.connection.kind === "online";
		render(
			isOffered
				? jumpButton("up", l10n.t("First new message"), () => {
						this.#post({ type: "revealSeq", room: model.roomId, seq: start.seq });
					})
				: nothing,
			this.element,
		);
	}
}
