import type { Post } from "../model/host";
import type { Model } from "../model/model";

/** Reports to the host when the reader reaches or leaves the latest message, and once after a snapshot. */
export class BottomReporter {
	readonly #post: Post;
	#reported: boolean | undefined;

	constructor(post: Post) {
		this.#post = post;
	}

	/** Forgets the last report, since the host sent a snapshot. */
	reset(): void {
		this.#reported = undefined;
	}

	/** Reports a change. Call it with the drawn model, after each scroll and each drawing. */
	report({ roomId, hasBacklog }: Model, isAtLatest: boolean): void {
		// The position means nothing before the messages of the room are there.
		if (hasBacklog && isAtLatest !== this.#reported) {
			this.#reported = isAtLatest;
			this.#post({ type: "scrolled", room: roomId, isAtLatest });
		}
	}
}
