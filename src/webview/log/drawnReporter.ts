import type { Post } from "../model/host";

/** Tells the host up to which number its facts were drawn, so that it posts what it gathered since. */
export class DrawnReporter {
	readonly #post: Post;
	#told = 0;

	constructor(post: Post) {
		this.#post = post;
	}

	/** The facts up to this number are on the screen, or nobody looks at it. */
	tell(seq: number): void {
		if (seq !== this.#told) {
			this.#told = seq;
			this.#post({ type: "drawn", seq });
		}
	}
}
