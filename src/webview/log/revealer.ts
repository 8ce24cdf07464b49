/** How long a line that was looked for stays marked. */
const MARKED_MS = 2_000;

/** Marks one line of the log for a moment, and gives it the focus so that a screen reader reads it. */
export class Revealer {
	#key: string | undefined;
	#unmark: () => void = () => undefined;
	#timer: number | undefined;

	/** Remembers what to look for. */
	want(key: string): void {
		this.#key = key;
	}

	/** The key of the wanted line. */
	get key(): string | undefined {
		return this.#key;
	}

	/** The wanted line, once; `undefined` if none is wanted, or it is not there. */
	find(rows: HTMLElement): HTMLElement | undefined {
		const key = this.#key;
		this.#key = undefined;
		return key === undefined
			? undefined
			: (rows.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`) ?? undefined);
	}

	/** Marks a line that is in the page. */
	mark(line: HTMLElement): void {
		this.#unmark();
		const text = line.querySelector<HTMLElement>(":scope > .message-body");
		// lit sets none of these attributes, so that they survive a drawing.
		line.setAttribute("data-revealed", "");
		line.tabIndex = -1;
		if (text !== null) {
			text.id = "revealed-text";
			line.setAttribute("aria-describedby", text.id);
		}
		line.focus({ preventScroll: true });
		const unmark = (): void => {
			clearTimeout(this.#timer);
			line.removeAttribute("data-revealed");
		};
		const forget = (): void => {
			line.removeAttribute("tabindex");
			line.removeAttribute("aria-describedby");
			text?.removeAttribute("id");
		};
		line.addEventListener("blur", forget, { once: true });
		this.#unmark = unmark;
		this.#timer = window.setTimeout(unmark, MARKED_MS);
	}
}
