import type { Post } from "../model/host";

/** Reports to the host the number of the last drawn event. The host then posts the changes since. */
export class DrawnReporter {
	readonly #post: Post;
	#reported = 0;

	constructor(post: Post) {
		this.#post = post;
	}

	/** Reports that the events up to this number are drawn, or need not be since the panel is hidden. */
	report(seq: number): void {
		if (seq !== this.#reported) {
			this.#reported = seq;
			this.#post({ type: "drawn", seq });
		}
	}
}
