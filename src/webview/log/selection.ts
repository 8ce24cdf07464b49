/** The distance that an arrow key scrolls within a high message, in heights of the log. */
const STEP = 0.4;

/**
 * The message that the arrow keys selected. It has the focus, and stays the only message in the tab
 * order.
 */
export class MessageSelection {
	readonly #log: HTMLElement;
	readonly #rows: HTMLElement;
	#article: HTMLElement | undefined;

	constructor(log: HTMLElement, rows: HTMLElement) {
		this.#log = log;
		this.#rows = rows;
		rows.addEventListener("focusin", ({ target }) => this.#adopt(target));
	}

	/** The selected article while it contains the focus. */
	get focused(): HTMLElement | undefined {
		const article = this.#article;
		return article?.contains(document.activeElement) === true ? article : undefined;
	}

	/** Handles a plain arrow key. Returns false if the browser is to handle the key. */
	move(event: KeyboardEvent): boolean {
		const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
		const { activeElement } = document;
		const from = this.focused;
		if (step === 0 || (activeElement !== this.#log && activeElement !== from)) {
			return false;
		}
		if (from !== undefined && this.#scrollsWithin(from, step)) {
			return true;
		}
		const next = from === undefined ? this.#first(step) : this.#beside(from, step);
		if (next !== undefined) {
			this.#choose(next);
			next.focus({ preventScroll: true });
			next.scrollIntoView({ block: "nearest" });
		}
		return next !== undefined;
	}

	#adopt(target: EventTarget | null): void {
		const article = target instanceof Element ? target.closest<HTMLElement>(".message") : null;
		if (article !== null) {
			this.#choose(article);
		}
	}

	#choose(article: HTMLElement): void {
		if (this.#article !== article) {
			this.#article?.removeAttribute("tabindex");
			this.#article = article;
		}
		article.tabIndex = 0;
	}

	/** Scrolls within a message whose end is not visible. Returns false for any other. */
	#scrollsWithin(article: HTMLElement, step: number): boolean {
		const log = this.#log.getBoundingClientRect();
		const { top, bottom } = article.getBoundingClientRect();
		const isBeyond = step > 0 ? bottom > log.bottom + 1 : top < log.top - 1;
		if (isBeyond) {
			this.#log.scrollTop += step * STEP * log.height;
		}
		return isBeyond;
	}

	/** Returns the first message to select: the last visible one going up, the first one going down. */
	#first(step: number): HTMLElement | undefined {
		const { top, bottom } = this.#log.getBoundingClientRect();
		const visible = this.#articles().filter((article) => {
			const box = article.getBoundingClientRect();
			return box.bottom > top && box.top < bottom;
		});
		return step < 0 ? visible.at(-1) : visible.at(0);
	}

	#beside(article: HTMLElement, step: number): HTMLElement | undefined {
		const articles = this.#articles();
		return articles[articles.indexOf(article) + step];
	}

	#articles(): readonly HTMLElement[] {
		return [...this.#rows.querySelectorAll<HTMLElement>(":scope > .message")];
	}
}
