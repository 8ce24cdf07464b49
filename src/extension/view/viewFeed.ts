import type { ChatChange, ChatSnapshot } from "../../shared/chat";
import type { ToWebview } from "../../shared/protocol";

/** One frame of a screen: changes are gathered for so long and posted together. */
const FRAME_MS = 16;

/** What a feed is made of. */
export interface FeedSources {
	post(message: ToWebview): void;
	snapshot(seq: number): ChatSnapshot;
	/** What the log's part in the view has become since it was last asked for. */
	logChanges(): readonly ChatChange[];
}

/** Keeps one view in step: a snapshot when it asks, then numbered changes, at most one post a frame. */
export class ViewFeed {
	readonly #sources: FeedSources;
	#changes: ChatChange[] = [];
	#seq = 0;
	#isReady = false;
	#needsSnapshot = false;
	#isTouched = false;
	#timer: NodeJS.Timeout | undefined;

	constructor(sources: FeedSources) {
		this.#sources = sources;
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
		this.#isTouched = false;
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

	/** The log, or the part of it that the view has, is another now. */
	touch(): void {
		if (this.#isReady && !this.#needsSnapshot) {
			this.#isTouched = true;
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
			this.#isTouched = false;
			this.#sources.post({ type: "snapshot", chat: this.#sources.snapshot(this.#seq) });
			return;
		}
		const changes = [...this.#changes, ...(this.#isTouched ? this.#sources.logChanges() : [])];
		this.#changes = [];
		this.#isTouched = false;
		if (changes.length > 0) {
			this.#sources.post({ type: "changes", seq: ++this.#seq, changes });
		}
	}

	#schedule(): void {
		if (this.#isReady) {
			this.#timer ??= setTimeout(() => this.flush(), FRAME_MS);
		}
	}
}
