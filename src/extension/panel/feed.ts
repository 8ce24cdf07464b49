import type { ChatChange, ChatSnapshot } from "../../shared/chat";
import type { ToWebview } from "../../shared/protocol";

/** One frame of a screen: changes are gathered for so long and posted together. */
const FRAME_MS = 16;
/** A view that has not said for so long that it drew a post is asked again: its word may be lost. */
const UNDRAWN_LIMIT_MS = 2_000;

/** What a feed is made of. */
export interface FeedSources {
	post(message: ToWebview): void;
	snapshot(seq: number): ChatSnapshot;
	/** What the log's part in the view has become since it was last asked for. */
	logChanges(): readonly ChatChange[];
}

/**
 * Keeps one view in step: a snapshot when it asks, then numbered changes. At most one post a frame, and
 * none while the view has yet to draw the last one, so that no queue builds up before a slow view: what
 * is gathered meanwhile is the difference between two pictures, and no larger than one. The log waits
 * however long that takes: where the reader is may be under way with the view's word, and what is read
 * must not go.
 */
export class PanelFeed {
	readonly #sources: FeedSources;
	#changes: ChatChange[] = [];
	#seq = 0;
	#isReady = false;
	#needsSnapshot = false;
	#isTouched = false;
	/** Whether the view drew the last post, as far as it was heard. */
	#isDrawn = true;
	/** Until the gathered is posted. */
	#timer: NodeJS.Timeout | undefined;
	/** Runs while a post is under way, until its limit. */
	#underWay: NodeJS.Timeout | undefined;
	/** When the last post left, on the clock of `performance`. */
	#postedMs = -Infinity;

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
		this.#needsSnapshot = true;
		this.flush();
	}

	/** The view can't be seen and will ask anew: nothing is sent until then. */
	pause(): void {
		this.#isReady = false;
		this.#needsSnapshot = false;
		this.#changes = [];
		this.#isTouched = false;
		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.#isDrawn = true;
		this.#arrived();
	}

	/** Everything is another now. */
	reset(): void {
		if (this.#isReady) {
			this.#needsSnapshot = true;
			this.#schedule();
		}
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

	/** The view has drawn everything up to this number. */
	drawn(seq: number): void {
		// Word of an earlier post says nothing about the last one.
		if (!this.#isDrawn && seq >= this.#seq) {
			this.#isDrawn = true;
			this.#goOn();
		}
	}

	/** Sends what has gathered, now, even if the last post is still under way. */
	flush(): void {
		this.#send(true);
	}

	/** Sends what has gathered; without the log, if that was touched, it is a question for the view's word. */
	#send(isWithLog = this.#isDrawn): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		if (!this.#isReady) {
			return;
		}
		if (this.#needsSnapshot) {
			this.#needsSnapshot = false;
			this.#changes = [];
			this.#isTouched = false;
			const seq = ++this.#seq;
			this.#post({ type: "snapshot", chat: this.#sources.snapshot(seq) });
			return;
		}
		const isLogDue = this.#isTouched && isWithLog;
		const changes = [...this.#changes, ...(isLogDue ? this.#sources.logChanges() : [])];
		this.#changes = [];
		this.#isTouched &&= !isLogDue;
		if (changes.length > 0 || this.#isTouched) {
			this.#post({ type: "changes", seq: ++this.#seq, changes });
		}
	}

	#post(message: ToWebview): void {
		this.#arrived();
		this.#isDrawn = false;
		this.#underWay = setTimeout(() => this.#goOn(), UNDRAWN_LIMIT_MS);
		this.#postedMs = performance.now();
		this.#sources.post(message);
	}

	/** The last post is under way no more, or is not waited for. */
	#arrived(): void {
		clearTimeout(this.#underWay);
		this.#underWay = undefined;
	}

	/** What was gathered meanwhile has waited, perhaps long enough. */
	#goOn(): void {
		this.#arrived();
		const waitMs = this.#postedMs + FRAME_MS - performance.now();
		if (waitMs <= 0) {
			this.#send();
		} else if (this.#needsSnapshot || this.#isTouched || this.#changes.length > 0) {
			this.#schedule(waitMs);
		}
	}

	#schedule(waitMs = FRAME_MS): void {
		if (this.#isReady && this.#underWay === undefined) {
			this.#timer ??= setTimeout(() => this.#send(), waitMs);
		}
	}
}
