import { Hand } from "./hand";
import { Nudge } from "./nudge";
import { firstIndex, isNearEnd, shiftOf, type Mark } from "./scroll";

/** Lines that are marked: more than one, since the first may be gone after the next drawing. */
const MAX_MARKS = 40;
/** More than rounding ever leaves over: the log can't be scrolled as far as it should. */
const MAX_NUDGE_PX = 2;
/** For so long a reader who just scrolled up is let go, however slowly: new lines would pull him back. */
const LETTING_GO_MS = 250;

/**
 * Holds the log still. A reader at the end of what was said last stays at the end; for any other, what
 * is being read stays at its pixel, whatever comes, goes or grows above and below. The browser's own
 * scroll anchoring is off (chat.css): it gives up at the very top, and when both ends change at once.
 */
export class LogScroll {
	readonly #log: HTMLElement;
	readonly #rows: HTMLElement;
	readonly #onMove: () => void;
	readonly #nudge = new Nudge();
	readonly #hand: Hand;
	#isAtEnd = true;
	/** Whether the end that was drawn is that of what was said last, and not of a window further up. */
	#isLatest = true;
	#hasEnd = true;
	#mustJump = false;
	/** When the reader last moved away from the end, on the page's clock. */
	#movedUpMs = -Infinity;
	#marks: readonly Mark<HTMLElement>[] = [];
	/** Where the log was when the marks were taken. */
	#scrollTop = 0;
	/** The log's sizes when it was last put where it is. */
	#sizes = "";

	/** `onMove` is told whenever the reader moved, and when the end was reached or left. */
	constructor(log: HTMLElement, rows: HTMLElement, onMove: () => void) {
		this.#log = log;
		this.#rows = rows;
		this.#onMove = onMove;
		this.#hand = new Hand(log);
		log.addEventListener("scroll", () => this.#read(), { passive: true });
		// The panel was made smaller or larger, a block was unfolded, a font came late.
		const observer = new ResizeObserver(() => this.#hold());
		observer.observe(log);
		observer.observe(rows);
		// Whoever opens what was folded reads on there.
		log.addEventListener("chat-unfold", () => this.#leaveEnd());
	}

	/** Whether the reader is at the end of the lines. */
	get isAtEnd(): boolean {
		return this.#isAtEnd;
	}

	/** To be called before the log is drawn. */
	before(): void {
		if (this.#log.scrollTop !== this.#scrollTop) {
			this.#mark(0);
		}
	}

	/** Another room is drawn next: nothing of what was read is there, and one begins at the end. */
	forget(): void {
		this.#marks = [];
		this.#isAtEnd = true;
		this.#isLatest = true;
		this.#movedUpMs = -Infinity;
	}

	/** Whether the end is kept in sight. */
	get isFollowing(): boolean {
		return this.#mustJump || (this.#isAtEnd && this.#isLatest && !this.#isLeaving);
	}

	/** True for a moment after the reader scrolled up: new messages must not bring back the end. */
	get #isLeaving(): boolean {
		return performance.now() - this.#movedUpMs < LETTING_GO_MS;
	}

	/** The keys of the lines in sight, from the top. */
	get readKeys(): readonly string[] {
		return this.#marks.flatMap(
			({ line }) => line.closest<HTMLElement>("[data-key]")?.dataset["key"] ?? [],
		);
	}

	/**
	 * To be called when the log was drawn. `isLatest`: it ends with what was said last. `hasEnd`: the
	 * last line that is to be drawn was drawn.
	 */
	after(isLatest: boolean, hasEnd = this.#hasEnd): void {
		this.#hasEnd = hasEnd;
		const stays = this.#isAtEnd && this.#isLatest && isLatest && !this.#isLeaving;
		this.#isLatest = isLatest;
		if (stays || this.#mustJump) {
			this.#mustJump = false;
			this.#toEnd();
		} else {
			this.#restore();
		}
	}

	/** Goes to the end, and again when the log was drawn next. */
	jump(): void {
		this.#mustJump = true;
		this.#movedUpMs = -Infinity;
		this.#toEnd();
		this.#setAtEnd(true);
	}

	/** Puts a line into the middle; one that is higher than the log begins at its top. */
	centre(line: HTMLElement): void {
		const { top, height } = line.getBoundingClientRect();
		const spare = Math.max(0, (this.#log.clientHeight - height) / 2);
		this.#mustJump = false;
		this.#log.scrollTop += top - this.#originPx() - spare;
		this.#mark(0);
		this.#setAtEnd(this.#seesEnd());
	}

	/** The key of the first line in sight and how far below the log's top it is; nothing at the end. */
	get place(): { readonly key: string; readonly top: number } | undefined {
		const mark = this.#isAtEnd && this.#isLatest ? undefined : this.#marks[0];
		const key = mark?.line.closest<HTMLElement>("[data-key]")?.dataset["key"];
		return mark === undefined || key === undefined ? undefined : { key, top: mark.top };
	}

	/** Puts the text of a line so far below the log's top. */
	put(line: HTMLElement, top: number): void {
		this.#mustJump = false;
		this.#shiftBack(textOf(line).getBoundingClientRect().top - this.#originPx() - top);
		this.#mark(0);
		this.#setAtEnd(this.#seesEnd());
	}

	#hold(): void {
		this.after(this.#isLatest);
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
			// Nothing of what was read is left.
			if (this.#isLatest && this.#marks.length > 0) {
				this.#toEnd();
			}
		} else if (shift !== 0) {
			this.#shiftBack(shift);
		}
		// What even that leaves over is not forgotten, or it would add up.
		this.#mark(shiftOf(this.#marks, topOf) ?? 0);
		// A message that came is no reason to go back to the end at the next scroll.
		this.#sizes = sizesOf(this.#log);
		this.#setAtEnd(this.#seesEnd());
	}

	/** Undoes a move of the lines: whole pixels by scrolling, the rest by moving the content down. */
	#shiftBack(shift: number): void {
		const from = this.#log.scrollTop;
		const restAfter = (step: number): number => {
			this.#log.scrollTop = from + step;
			return this.#nudge.px - shift + this.#log.scrollTop - from;
		};
		const step = Math.ceil(shift - this.#nudge.px);
		const rest = restAfter(step);
		// Where a device pixel is no CSS pixel, the position may be rounded to less than was asked.
		this.#nudge.px = Math.min(MAX_NUDGE_PX, Math.max(0, rest < 0 ? restAfter(step + 1) : rest));
	}

	/** Takes note of the lines in sight, as if they were `aside` pixels further up. */
	#mark(aside: number): void {
		const originPx = this.#originPx();
		const lines = this.#rows.children;
		const endsBelow = (index: number): boolean =>
			(lines[index]?.getBoundingClientRect().bottom ?? Infinity) > originPx;
		const first = firstIndex(lines.length, endsBelow);
		const marks: Mark<HTMLElement>[] = [];
		for (let index = first; index < first + MAX_MARKS; index++) {
			const line = lines[index];
			if (line instanceof HTMLElement && line.dataset["key"] !== undefined) {
				// The text and not the head above it: that goes when an older message of the author comes.
				const text = textOf(line);
				marks.push({ line: text, top: text.getBoundingClientRect().top - originPx - aside });
			}
		}
		this.#marks = marks;
		this.#scrollTop = this.#log.scrollTop;
	}

	/** Where the log's content begins in the page. */
	#originPx(): number {
		return this.#log.getBoundingClientRect().top;
	}

	#read(): void {
		const isHeld = sizesOf(this.#log) === this.#sizes && (this.#hand.isMoving || !this.#seesEnd());
		if (this.#isAtEnd && this.#isLatest && !isHeld) {
			// The end moved away from the reader, not the reader from the end.
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
		this.#isAtEnd = this.#seesEnd();
		this.#onMove();
	}

	#seesEnd(): boolean {
		return this.#hasEnd && isNearEnd(this.#log);
	}

	#leaveEnd(): void {
		this.before();
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
	return line.querySelector<HTMLElement>(":scope > .body") ?? line;
}

function sizesOf({ clientWidth, clientHeight, scrollHeight }: HTMLElement): string {
	return `${clientWidth} ${clientHeight} ${scrollHeight}`;
}
