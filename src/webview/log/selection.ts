/** How far a press of an arrow key scrolls a message that is higher than the log, in log heights. */
const STEP = 0.4;

/**
 * The message that is chosen with the arrow keys: it has the focus, and stays the one stop of the log's
 * messages in the tab order.
 */
export class Selection {
	readonly #log: HTMLElement;
	readonly #rows: HTMLElement;
	#article: HTMLElement | undefined;

	constructor(log: HTMLElement, rows: HTMLElement) {
		this.#log = log;
		this.#rows = rows;
		rows.addEventListener("focusin", ({ target }) => this.#adopt(target));
	}

	/** The article that has the focus, or holds what has it. */
	get focused(): HTMLElement | undefined {
		const article = this.#article;
		return article?.contains(document.activeElement) === true ? article : undefined;
	}

	/** Takes a plain arrow key; false if it is none, or the log is to scroll by itself. */
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

	/** A message that does not end in sight is read to its end first. */
	#scrollsWithin(article: HTMLElement, step: number): boolean {
		const log = this.#log.getBoundingClientRect();
		const { top, bottom } = article.getBoundingClientRect();
		const isBeyond = step > 0 ? bottom > log.bottom + 1 : top < log.top - 1;
		if (isBeyond) {
			this.#log.scrollTop += step * STEP * log.height;
		}
		return isBeyond;
	}

	/** Where one begins: at the end of what is in sight going up, at its beginning going down. */
	#first(step: number): HTMLElement | undefined {
		const { top, bottom } = this.#log.getBoundingClientRect();
		const seen = this.#articles().filter((article) => {
			const box = article.getBoundingClientRect();
			return box.bottom > top && box.top < bottom;
		});
		return step < 0 ? seen.at(-1) : seen.at(0);
	}

	#beside(article: HTMLElement, step: number): HTMLElement | undefined {
		const articles = this.#articles();
		return articles[articles.indexOf(article) + step];
	}

	#articles(): readonly HTMLElement[] {
		return [...this.#rows.querySelectorAll<HTMLElement>(":scope > .message")];
	}
}
