import { html, nothing, render } from "lit/html.js";
import type { Post } from "../model/host";
import { renderJump } from "../log/jumpButton";
import type { Model } from "../model/model";
import { countWaiting, renderOutbox } from "./outboxLine";
import { renderTyping } from "./typing";

/** What stands between the log and the box. */
export class PanelFooter {
	readonly element = document.createElement("div");
	readonly #post: Post;
	readonly #jump: () => void;
	readonly #redraw: () => void;
	#isAskingToDiscard = false;

	/** `jump` goes to what was said last. */
	constructor(post: Post, jump: () => void, redraw: () => void) {
		this.#post = post;
		this.#jump = jump;
		this.#redraw = redraw;
		this.element.className = "panel-footer";
	}

	draw(model: Model, isAtLatest: boolean, unseen: number): void {
		const waiting = countWaiting(model);
		this.#isAskingToDiscard &&= waiting > 0;
		const ask = (isAsking: boolean): void => {
			this.#isAskingToDiscard = isAsking;
			this.#redraw();
			// On "No" while it asks, so that a second press of Enter drops nothing.
			this.element.querySelector<HTMLElement>(".outbox button:last-of-type")?.focus();
		};
		render(
			html`${renderJump(isAtLatest, unseen, this.#jump)}${
				model.features.rooms ? renderTyping(model) : nothing
			}${renderOutbox(waiting, this.#isAskingToDiscard, ask, this.#post)}`,
			this.element,
		);
	}
}
