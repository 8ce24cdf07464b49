import type { ChatChange, ChatSnapshot } from "../../shared/chat";
import type { ToWebview } from "../../shared/protocol";

/** One frame of a screen: changes are gathered for so long and posted together. */
const FRAME_MS = 16;

/** Keeps one view in step: a snapshot when it asks, then numbered changes, at most one post a frame. */
export class ViewFeed {
	readonly #post: (message: ToWebview) => void;
	readonly #snapshot: (seq: number) => ChatSnapshot;
	#changes: ChatChange[] = [];
	#seq = 0;
	#isReady = false;
	#needsSnapshot = false;
	#timer: NodeJS.Timeout | undefined;

	constructor(post: (message: ToWebview) => void, snapshot: (seq: number) => ChatSnapshot) {
		this.#post = post;
		this.#snapshot = snapshot;
	}

	/** Whether a view listens. */
	get isReady(): boolean {
		return this.#isReady;
	}

	/** The view has nothing, or has lost its place. */
	ready(): void {
		this.#isReady = true;
		this.reset();
		this.flush();
	}

	/** The view can't be seen and will ask anew: nothing is sent until then. */
	pause(): void {
		this.#isReady = false;
		this.#changes = [];
		clearTimeout(this.#timer);
		this.#timer = undefined;
	}

	/** Everything is another now. */
	reset(): void {
		this.#needsSnapshot = true;
		this.#changes = [];
		this.#schedule();
	}

	push(change: ChatChange): void {
		// What a coming snapshot shows needs no telling.
		if (this.#isReady && !this.#needsSnapshot) {
			this.#changes.push(change);
			this.#schedule();
		}
	}

	/** Sends what has gathered, now. */
	flush(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		if (!this.#isReady) {
			return;
		}
		if (this.#needsSnapshot) {
			this.#needsSnapshot = false;
			this.#post({ type: "snapshot", chat: this.#snapshot(this.#seq) });
		} else if (this.#changes.length > 0) {
			const changes = this.#changes;
			this.#changes = [];
			this.#post({ type: "changes", seq: ++this.#seq, changes });
		}
	}

	#schedule(): void {
		if (this.#isReady) {
			this.#timer ??= setTimeout(() => this.flush(), FRAME_MS);
		}
	}
}
