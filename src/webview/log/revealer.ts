/** The time for which a revealed entry stays marked. */
const MARKED_MS = 2_000;

/** Marks one entry of the log for a moment, and focuses it so that a screen reader reads it. */
export class Revealer {
	#key: string | undefined;
	#unmark: () => void = () => undefined;
	#timer: number | undefined;

	/** Remembers the entry to reveal at the next drawing. */
	request(key: string): void {
		this.#key = key;
	}

	/** The key of the entry to reveal. */
	get key(): string | undefined {
		return this.#key;
	}

	/** Returns the element of the requested entry, and forgets the request. */
	take(rows: HTMLElement): HTMLElement | undefined {
		const key = this.#key;
		this.#key = undefined;
		return key === undefined
			? undefined
			: (rows.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`) ?? undefined);
	}

	/** Marks an entry that is drawn. */
	mark(line: HTMLElement): void {
		this.#unmark();
		const text = line.querySelector<HTMLElement>(":scope > .message-body");
		// lit sets none of these attributes, so they survive a drawing.
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
