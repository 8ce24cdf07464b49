import { roomKey, type ViewState } from "../model/viewState";
import type { LogScroll } from "./logScroll";
import { isAtLatest, type Model } from "../model/model";
import { unreadStart } from "./unreadStart";

/** The distance of the "New" line from the top of the log on entering a room, in CSS pixels. */
const NEW_TOP_PX = 24;
/** The pause in scrolling after which the position is stored. Each store goes through the workbench. */
const PAUSE_MS = 150;

/**
 * The reading position in each room. Returning to a room restores it, or goes to the first unread message.
 * A reader who was at the end is at the end again. The view's state keeps the positions while the view is
 * hidden.
 */
export class ScrollAnchors {
	readonly #viewState: ViewState;
	#isEntering: boolean;
	#timer: number | undefined;

	constructor(viewState: ViewState) {
		this.#viewState = viewState;
		this.#isEntering = viewState.reading !== undefined;
	}

	/** Stores the position in a room. */
	store({ target }: Model, scroll: LogScroll): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		if (!this.#isEntering) {
			this.#viewState.storePosition(roomKey(target), scroll.anchor);
		}
	}

	/** Stores the position after a pause in scrolling. */
	scrolled(model: () => Model, scroll: LogScroll): void {
		clearTimeout(this.#timer);
		this.#timer = window.setTimeout(() => this.store(model(), scroll), PAUSE_MS);
	}

	/** Prepares for another room at the next drawing. */
	enter(): void {
		this.#isEntering = true;
	}

	/** Returns the key of the entry to restore in the room that is drawn next. */
	anchor(model: Model): string | undefined {
		if (!this.#isEntering) {
			return undefined;
		}
		const start = unreadStart(model);
		return (
			this.#viewState.positionAt(roomKey(model.target))?.key ??
			(start.kind === "here" ? start.key : undefined)
		);
	}

	/** Restores the position in an entered room, once its messages are drawn. */
	restore(model: Model, scroll: LogScroll, rows: HTMLElement): void {
		if (!this.#isEntering || !model.hasBacklog) {
			return;
		}
		this.#isEntering = false;
		const at = roomKey(model.target);
		const stored = this.#viewState.positionAt(at);
		const entry =
			stored === undefined
				? null
				: rows.querySelector<HTMLElement>(`[data-key="${CSS.escape(stored.key)}"]`);
		if (isAtLatest(model)) {
			scroll.jump();
		}
		const newLine = rows.querySelector<HTMLElement>(":scope > .log-new");
		if (entry !== null && stored !== undefined) {
			scroll.scrollTo(entry, stored.top);
		} else if (newLine !== null && isAbove(newLine, rows.closest(".log"))) {
			scroll.scrollTo(newLine, NEW_TOP_PX);
		}
		if (stored !== undefined && entry === null) {
			this.#viewState.storePosition(at, undefined);
		}
	}
}

function isAbove(line: HTMLElement, log: Element | null): boolean {
	return line.getBoundingClientRect().top < (log?.getBoundingClientRect().top ?? -Infinity);
}
