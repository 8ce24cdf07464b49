import type { ChatChange, ChatSnapshot } from "../../shared/chat";
import type { ToWebview } from "../../shared/protocol";

/** One frame of a screen: the changes of this time are posted together. */
const FRAME_MS = 16;
/** The longest wait for `drawn`, which may be lost; then the feed posts again. */
const UNDRAWN_LIMIT_MS = 2_000;

/** The data and the channel of a feed. */
export interface FeedSources {
	post(message: ToWebview): void;
	snapshot(seq: number): ChatSnapshot;
	/** Returns the changes of the view range since the last call. */
	logChanges(): readonly ChatChange[];
}

/**
 * Keeps one view in step: posts a snapshot on request, then numbered changes. It posts at most once a
 * frame, and not before the view has drawn the last post. So no queue builds up before a slow view: the
 * next post is the difference between two states, and no larger than a state. Changes of the log wait
 * without a limit: a report on the reader's position may be under way, and the entries being read must
 * stay.
 */
export class PanelFeed {
	readonly #sources: FeedSources;
	#changes: ChatChange[] = [];
	#seq = 0;
	#isReady = false;
	#needsSnapshot = false;
	#isTouched = false;
	/** True once the view has reported that it drew the last post. */
	#isDrawn = true;
	/** Runs until the pending changes are posted. */
	#timer: NodeJS.Timeout | undefined;
	/** Runs while a post is under way, until its limit. */
	#underWay: NodeJS.Timeout | undefined;
	/** When the last post left, on the clock of `performance`. */
	#postedMs = -Infinity;

	constructor(sources: FeedSources) {
		this.#sources = sources;
	}

	/** True while a view listens. */
	get isReady(): boolean {
		return this.#isReady;
	}

	/** Takes the request of a view that has nothing, or missed a change; posts a snapshot. */
	ready(): void {
		this.#isReady = true;
		this.#needsSnapshot = true;
		this.flush();
	}

	/** Stops posting to a hidden view until it asks for a snapshot. */
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

	/** Posts a snapshot next, since anything may have changed. */
	reset(): void {
		if (this.#isReady) {
			this.#needsSnapshot = true;
			this.#schedule();
		}
	}

	push(change: ChatChange): void {
		// A snapshot that is due contains the change.
		if (this.#isReady && !this.#needsSnapshot) {
			this.#changes.push(change);
			this.#schedule();
		}
	}

	/** Posts the changes of the view range next. */
	touch(): void {
		if (this.#isReady && !this.#needsSnapshot) {
			this.#isTouched = true;
			this.#schedule();
		}
	}

	/** Takes the view's report that it has drawn everything up to this number. */
	drawn(seq: number): void {
		// A report on an earlier post says nothing about the last one.
		if (!this.#isDrawn && seq >= this.#seq) {
			this.#isDrawn = true;
			this.#goOn();
		}
	}

	/** Posts all pending changes now, even if the last post is still under way. */
	flush(): void {
		this.#send(true);
	}

	/** Posts the pending changes. A post without the log's changes asks the view for `drawn`. */
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

	/** Ends the wait for the last post. */
	#arrived(): void {
		clearTimeout(this.#underWay);
		this.#underWay = undefined;
	}

	/** Posts the pending changes, or waits for the rest of the frame. */
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
