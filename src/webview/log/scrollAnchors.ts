import { roomKey, type Drafts } from "../model/viewState";
import type { LogScroll } from "./logScroll";
import { isAtLatest, type Model } from "../model/model";
import { unreadStart } from "./unreadStart";

/** How far below the top of the log the line above what is new is put, in CSS pixels. */
const NEW_TOP_PX = 24;
/** A reader who moves is noted when that is over, since each note goes through the workbench. */
const REST_MS = 150;

/**
 * Where one was reading in each room. Whoever comes back goes on there, or where what is new begins;
 * whoever was at the end is at the end. Kept in the view's state, so also when the view was hidden.
 */
export class ScrollAnchors {
	readonly #drafts: Drafts;
	#isArriving: boolean;
	#timer: number | undefined;

	constructor(drafts: Drafts) {
		this.#drafts = drafts;
		this.#isArriving = drafts.reading !== undefined;
	}

	/** Takes note of a room that is left. */
	leave({ place, roomId }: Model, scroll: LogScroll): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		if (!this.#isArriving) {
			this.#drafts.keepPlace(roomKey(place, roomId), scroll.place);
		}
	}

	/** Takes note of where the reader is, soon. */
	moved(look: () => Model, scroll: LogScroll): void {
		clearTimeout(this.#timer);
		this.#timer = window.setTimeout(() => this.leave(look(), scroll), REST_MS);
	}

	/** Another room will be drawn next. */
	enter(): void {
		this.#isArriving = true;
	}

	/** The key of the entry where one will go on, in a room that is to be drawn next. */
	anchor(model: Model): string | undefined {
		if (!this.#isArriving) {
			return undefined;
		}
		const start = unreadStart(model);
		return (
			this.#drafts.placeAt(roomKey(model.place, model.roomId))?.key ??
			(start.kind === "here" ? start.key : undefined)
		);
	}

	/** Goes to the place of a room, once what was said there is drawn. */
	arrive(model: Model, scroll: LogScroll, rows: HTMLElement): void {
		if (!this.#isArriving || !model.hasBacklog) {
			return;
		}
		this.#isArriving = false;
		const at = roomKey(model.place, model.roomId);
		const left = this.#drafts.placeAt(at);
		const entry =
			left === undefined
				? null
				: rows.querySelector<HTMLElement>(`[data-key="${CSS.escape(left.key)}"]`);
		if (isAtLatest(model)) {
			scroll.jump();
		}
		const news = rows.querySelector<HTMLElement>(":scope > .log-new");
		if (entry !== null && left !== undefined) {
			scroll.put(entry, left.top);
		} else if (news !== null && isAbove(news, rows.closest(".log"))) {
			scroll.put(news, NEW_TOP_PX);
		}
		if (left !== undefined && entry === null) {
			this.#drafts.keepPlace(at, undefined);
		}
	}
}

function isAbove(line: HTMLElement, log: Element | null): boolean {
	return line.getBoundingClientRect().top < (log?.getBoundingClientRect().top ?? -Infinity);
}
