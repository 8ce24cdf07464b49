import type { Post } from "../model/host";
import type { Model } from "../model/model";

/** Tells the host whether the reader is at the latest: after each snapshot, and at each turn. */
export class BottomReporter {
	readonly #post: Post;
	#told: boolean | undefined;

	constructor(post: Post) {
		this.#post = post;
	}

	/** What the host thinks is not known any more: it sent a snapshot. */
	forget(): void {
		this.#told = undefined;
	}

	/** To be called when the reader may be elsewhere, with what is on the screen. */
	tell({ roomId, hasBacklog }: Model, isAtLatest: boolean): void {
		// Where nothing can be read yet, nobody is anywhere.
		if (hasBacklog && isAtLatest !== this.#told) {
			this.#told = isAtLatest;
			this.#post({ type: "scrolled", room: roomId, isAtLatest });
		}
	}
}
