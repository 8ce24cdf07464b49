/** How far from the end, in CSS pixels, still counts as being at the end. */
const NEAR_PX = 40;

export interface ScrollPosition {
	readonly scrollTop: number;
	readonly scrollHeight: number;
	readonly clientHeight: number;
}

/** Whether somebody who reads here wants to see what comes next. */
export function isNearEnd({ scrollTop, scrollHeight, clientHeight }: ScrollPosition): boolean {
	return scrollHeight - clientHeight - scrollTop <= NEAR_PX;
}

/** How many messages came below what is being read, after `added` more of them. */
export function nextUnseen(unseen: number, added: number, isAtEnd: boolean): number {
	return isAtEnd ? 0 : unseen + added;
}

/**
 * Keeps the end of the log in sight of a reader who is there, and leaves alone one who is not: what
 * changes above is then balanced by the browser's own scroll anchoring.
 */
export class EndKeeper {
	readonly #log: HTMLElement;
	readonly #onMove: () => void;
	#isAtEnd = true;
	/** The log's sizes when its end was last looked for. */
	#sizes = "";

	/** `onMove` is told whenever the reader came to the end or left it. */
	constructor(log: HTMLElement, onMove: () => void) {
		this.#log = log;
		this.#onMove = onMove;
		log.addEventListener("scroll", () => this.#read(), { passive: true });
		// The panel was made smaller or larger, or something above or below the log was.
		new ResizeObserver(() => this.keep()).observe(log);
	}

	get isAtEnd(): boolean {
		return this.#isAtEnd;
	}

	/** To be called when the log was drawn: stays at the end if that is where the reader was. */
	keep(): void {
		this.#sizes = sizesOf(this.#log);
		if (this.#isAtEnd) {
			this.#log.scrollTop = this.#log.scrollHeight;
		}
	}

	/** Goes to the end, wherever the reader was. */
	jump(): void {
		this.#isAtEnd = true;
		this.keep();
		this.#onMove();
	}

	#read(): void {
		if (this.#isAtEnd && sizesOf(this.#log) !== this.#sizes) {
			// The end moved away from the reader, not the reader from the end.
			this.keep();
			return;
		}
		const isAtEnd = isNearEnd(this.#log);
		if (isAtEnd !== this.#isAtEnd) {
			this.#isAtEnd = isAtEnd;
			this.#onMove();
		}
	}
}

function sizesOf({ clientWidth, clientHeight, scrollHeight }: HTMLElement): string {
	return `${clientWidth} ${clientHeight} ${scrollHeight}`;
}
