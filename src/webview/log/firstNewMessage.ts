import * as l10n from "@vscode/l10n";
import { nothing, render } from "lit/html.js";
import { roomKey } from "../model/viewState";
import type { Post } from "../model/host";
import { jumpButton } from "./jumpButton";
import type { Model } from "../model/model";
import { unreadStart } from "./unreadStart";

/**
 * The button that leads up to the first unread message when that lies above the view range. It goes once
 * the reader has been there.
 */
export class FirstNewMessage {
	readonly element = document.createElement("div");
	readonly #post: Post;
	/** The room and number of the unread message that the reader reached last. */
	#reached = "";

	constructor(post: Post) {
		this.#post = post;
		this.element.className = "log-first-new";
	}

	draw(model: Model): void {
		const start = unreadStart(model);
		const id = `${model.firstUnread} ${roomKey(model.target)}`;
		if (start.kind === "here") {
			this.#reached = id;
		}
		const isOffered =
			start.kind === "above" && id !== this.#reached && model.connection.kind === "online";
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
