import { html, nothing, render } from "lit/html.js";
import type { Post } from "../model/host";
import { renderJump } from "../log/jumpButton";
import type { Model } from "../model/model";
import { roomKey } from "../model/viewState";
import { countWaiting, renderOutbox } from "./outboxLine";
import { renderTyping } from "../people/typing";

/** The part between the log and the composer: jump button, typing line, waiting messages. */
export class PanelFooter {
	readonly element = document.createElement("div");
	readonly #post: Post;
	readonly #jump: () => void;
	readonly #redraw: () => void;
	#isAskingToDiscard = false;
	/** The room whose messages the question is about. */
	#askedFor = "";

	/** Calls `jump` to go to the latest message. */
	constructor(post: Post, jump: () => void, redraw: () => void) {
		this.#post = post;
		this.#jump = jump;
		this.#redraw = redraw;
		this.element.className = "panel-footer";
	}

	draw(model: Model, isAtLatest: boolean, unseen: number): void {
		const waiting = countWaiting(model);
		const { target } = model;
		const isSameRoom = roomKey(target) === this.#askedFor;
		this.#isAskingToDiscard &&= waiting > 0 && isSameRoom;
		const ask = (isAsking: boolean): void => {
			this.#isAskingToDiscard = isAsking;
			this.#askedFor = roomKey(target);
			this.#redraw();
			// The focus is on "No" then, so that a second Enter discards nothing.
			this.element.querySelector<HTMLElement>(".outbox button:last-of-type")?.focus();
		};
		render(
			html`${renderJump(isAtLatest, unseen, this.#jump)}${
				model.features.rooms ? renderTyping(model) : nothing
			}${renderOutbox(waiting, this.#isAskingToDiscard, ask, () =>
				this.#post({ type: "discardAll", target }),
			)}`,
			this.element,
		);
	}
}
