import { UserScroll } from "./userScroll";
import { SubpixelOffset } from "./subpixelOffset";
import { firstIndex, isNearEnd, shiftOf, type Mark } from "./scrollPosition";

/** The number of marked lines: several, since the next drawing may remove the first. */
const MAX_MARKS = 40;
/** The largest offset. A larger rest is no rounding error: the log can't scroll that far. */
const MAX_OFFSET_PX = 2;
/** The time after scrolling up for which new lines must not pull a slow reader back to the end. */
const LEAVING_MS = 250;

/**
 * Keeps the log still. A reader at the latest message stays at the end. For any other reader, the visible
 * lines stay at their pixel while entries come, go or grow above and below. The browser's own scroll
 * anchoring is off (log.css): it fails at the very top, and when both ends change at once.
 */
export class LogScroll {
	readonly #log: HTMLElement;
	readonly #rows: HTMLElement;
	readonly #onMove: () => void;
	readonly #offset = new SubpixelOffset();
	readonly #userScroll: UserScroll;
	#isAtEnd = true;
	/** True if the drawn entries end with the latest message. */
	#isLatest = true;
	#hasEnd = true;
	#mustJump = false;
	/** The time when the reader last scrolled up, on the page's clock. */
	#movedUpMs = -Infinity;
	#marks: readonly Mark<HTMLElement>[] = [];
	/** The scroll position when the marks were taken. */
	#scrollTop = 0;
	/** The sizes of the log when its position was last set. */
	#sizes = "";

	/** Calls `onMove` after each scroll of the reader, and when the end is reached or left. */
	constructor(log: HTMLElement, rows: HTMLElement, onMove: () => void) {
		this.#log = log;
		this.#rows = rows;
		this.#onMove = onMove;
		this.#userScroll = new UserScroll(log);
		log.addEventListener("scroll", () => this.#onScroll(), { passive: true });
		// The size changes with the panel, an unfolded block or a late font.
		const observer = new ResizeObserver(() => this.#keepPosition());
		observer.observe(log);
		observer.observe(rows);
		// A reader who unfolds a text goes on reading there.
		log.addEventListener("chat-unfold", () => this.#leaveEnd());
	}

	/** True while the reader is at the end of the lines. */
	get isAtEnd(): boolean {
		return this.#isAtEnd;
	}

	/** Marks the visible lines. Call it before drawing the log. */
	beforeDraw(): void {
		if (this.#log.scrollTop !== this.#scrollTop) {
			this.#mark(0);
		}
	}

	/** Prepares for another room: no marked line will exist, and the reader begins at the end. */
	reset(): void {
		this.#marks = [];
		this.#isAtEnd = true;
		this.#isLatest = true;
		this.#movedUpMs = -Infinity;
	}

	/** True while the log follows the latest message. */
	get isFollowing(): boolean {
		return this.#mustJump || (this.#isAtEnd && this.#isLatest && !this.#isLeaving);
	}

	/** True for a moment after the reader scrolled up: new messages must not bring back the end. */
	get #isLeaving(): boolean {
		return performance.now() - this.#movedUpMs < LEAVING_MS;
	}

	/** The keys of the visible entries, from the top. */
	get visibleKeys(): readonly string[] {
		return this.#marks.flatMap(
			({ line }) => line.closest<HTMLElement>("[data-key]")?.dataset["key"] ?? [],
		);
	}

	/**
	 * Restores the marked lines, or goes to the end. Call it after drawing the log. `isLatest`: the entries
	 * end with the latest message. `hasEnd`: the last entry is drawn.
	 */
	afterDraw(isLatest: boolean, hasEnd = this.#hasEnd): void {
		this.#hasEnd = hasEnd;
		const follows = this.#isAtEnd && this.#isLatest && isLatest && !this.#isLeaving;
		this.#isLatest = isLatest;
		if (follows || this.#mustJump) {
			this.#mustJump = false;
			this.#toEnd();
		} else {
			this.#restore();
		}
	}

	/** Scrolls to the end, now and after the next drawing. */
	jump(): void {
		this.#mustJump = true;
		this.#movedUpMs = -Infinity;
		this.#toEnd();
		this.#setAtEnd(true);
	}

	/** Scrolls a line into the middle. A line that is higher than the log begins at its top. */
	centre(line: HTMLElement): void {
		const { top, height } = line.getBoundingClientRect();
		const spare = Math.max(0, (this.#log.clientHeight - height) / 2);
		this.#mustJump = false;
		this.#log.scrollTop += top - this.#originPx() - spare;
		this.#mark(0);
		this.#setAtEnd(this.#isNearEnd());
	}

	/** The key of the first visible entry and its distance from the log's top; `undefined` at the end. */
	get anchor(): { readonly key: string; readonly top: number } | undefined {
		const mark = this.#isAtEnd && this.#isLatest ? undefined : this.#marks[0];
		const key = mark?.line.closest<HTMLElement>("[data-key]")?.dataset["key"];
		return mark === undefined || key === undefined ? undefined : { key, top: mark.top };
	}

	/** Scrolls until the text of a line is `top` pixels below the top of the log. */
	scrollTo(line: HTMLElement, top: number): void {
		this.#mustJump = false;
		this.#shiftBack(textOf(line).getBoundingClientRect().top - this.#originPx() - top);
		this.#mark(0);
		this.#setAtEnd(this.#isNearEnd());
	}

	#keepPosition(): void {
		this.afterDraw(this.#isLatest);
	}

	#toEnd(): void {
		this.#sizes = sizesOf(this.#log);
		this.#log.scrollTop = this.#log.scrollHeight;
		this.#mark(0);
	}

	#restore(): void {
		const originPx = this.#originPx();
		const topOf = (line: HTMLElement): number | undefined =>
			line.isConnected ? line.getBoundingClientRect().top - originPx : undefined;
		const shift = shiftOf(this.#marks, topOf);
		if (shift === undefined) {
			// No marked line is left.
			if (this.#isLatest && this.#marks.length > 0) {
				this.#toEnd();
			}
		} else if (shift !== 0) {
			this.#shiftBack(shift);
		}
		// The marks keep the remaining error, which would add up otherwise.
		this.#mark(shiftOf(this.#marks, topOf) ?? 0);
		// A new message is no reason to go back to the end at the next scroll.
		this.#sizes = sizesOf(this.#log);
		this.#setAtEnd(this.#isNearEnd());
	}

	/** Undoes a shift of the lines: whole pixels by scrolling, the rest by the offset. */
	#shiftBack(shift: number): void {
		const from = this.#log.scrollTop;
		const restAfter = (step: number): number => {
			this.#log.scrollTop = from + step;
			return this.#offset.px - shift + this.#log.scrollTop - from;
		};
		const step = Math.ceil(shift - this.#offset.px);
		const rest = restAfter(step);
		// A scroll position may be rounded down where device pixels differ from CSS pixels.
		this.#offset.px = Math.min(MAX_OFFSET_PX, Math.max(0, rest < 0 ? restAfter(step + 1) : rest));
	}

	/** Marks the visible lines, as if they were `errorPx` further up. */
	#mark(errorPx: number): void {
		const originPx = this.#originPx();
		const lines = this.#rows.children;
		const endsBelow = (index: number): boolean =>
			(lines[index]?.getBoundingClientRect().bottom ?? Infinity) > originPx;
		const first = firstIndex(lines.length, endsBelow);
		const marks: Mark<HTMLElement>[] = [];
		for (let index = first; index < first + MAX_MARKS; index++) {
			const line = lines[index];
			if (line instanceof HTMLElement && line.dataset["key"] !== undefined) {
				// The text and not its head: the head goes when an older message of the author comes.
				const text = textOf(line);
				marks.push({ line: text, top: text.getBoundingClientRect().top - originPx - errorPx });
			}
		}
		this.#marks = marks;
		this.#scrollTop = this.#log.scrollTop;
	}

	/** Returns the top of the log in the page. */
	#originPx(): number {
		return this.#log.getBoundingClientRect().top;
	}

	#onScroll(): void {
		const isByUser =
			sizesOf(this.#log) === this.#sizes && (this.#userScroll.isMoving || !this.#isNearEnd());
		if (this.#isAtEnd && this.#isLatest && !isByUser) {
			// The end moved away from the reader; the reader did not scroll.
			this.#toEnd();
			return;
		}
		const { scrollTop } = this.#log;
		if (scrollTop < this.#scrollTop) {
			this.#movedUpMs = performance.now();
			this.#mustJump = false;
		}
		if (scrollTop !== this.#scrollTop) {
			this.#mark(0);
		}
		this.#isAtEnd = this.#isNearEnd();
		this.#onMove();
	}

	#isNearEnd(): boolean {
		return this.#hasEnd && isNearEnd(this.#log);
	}

	#leaveEnd(): void {
		this.beforeDraw();
		this.#setAtEnd(false);
	}

	#setAtEnd(isAtEnd: boolean): void {
		if (isAtEnd !== this.#isAtEnd) {
			this.#isAtEnd = isAtEnd;
			this.#onMove();
		}
	}
}

function textOf(line: HTMLElement): HTMLElement {
	return line.querySelector<HTMLElement>(":scope > .message-body") ?? line;
}

function sizesOf({ clientWidth, clientHeight, scrollHeight }: HTMLElement): string {
	return `${clientWidth} ${clientHeight} ${scrollHeight}`;
}
