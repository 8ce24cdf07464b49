import { roomKey } from "./drafts";
import { isUnread } from "./grouping";
import type { LogScroll } from "./logScroll";
import { isAtLatest, type Model } from "./model";

/** Rooms whose place is kept. */
const MAX_PLACES = 50;
/** How far below the top of the log the line above what is new is put, in CSS pixels. */
const NEW_TOP_PX = 24;

/**
 * Where one was reading in each room. Whoever comes back goes on there, or where what is new begins;
 * whoever was at the end is at the end.
 */
export class Places {
	readonly #left = new Map<string, { readonly key: string; readonly top: number }>();
	#isArriving = false;

	/** Takes note of a room that is left. */
	leave({ place, roomId }: Model, scroll: LogScroll): void {
		const at = roomKey(place, roomId);
		this.#left.delete(at);
		if (scroll.place !== undefined) {
			this.#left.set(at, scroll.place);
		}
		for (const oldest of this.#left.keys()) {
			if (this.#left.size <= MAX_PLACES) {
				break;
			}
			this.#left.delete(oldest);
		}
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
		const { firstUnread = Infinity } = model;
		return (
			this.#left.get(roomKey(model.place, model.roomId))?.key ??
			model.entries.find((entry) => isUnread(entry, firstUnread))?.key
		);
	}

	/** Goes to the place of a room that was just drawn for the first time. */
	arrive(model: Model, scroll: LogScroll, rows: HTMLElement): void {
		if (!this.#isArriving) {
			return;
		}
		this.#isArriving = false;
		const left = this.#left.get(roomKey(model.place, model.roomId));
		const line =
			left === undefined
				? null
				: rows.querySelector<HTMLElement>(`[data-key="${CSS.escape(left.key)}"] > .body`);
		if (isAtLatest(model)) {
			scroll.jump();
		}
		const news = rows.querySelector<HTMLElement>(":scope > .new");
		if (line !== null && left !== undefined) {
			scroll.put(line, left.top);
		} else if (news !== null && isAbove(news, rows.closest(".log"))) {
			scroll.put(news, NEW_TOP_PX);
		}
	}
}

function isAbove(line: HTMLElement, log: Element | null): boolean {
	return line.getBoundingClientRect().top < (log?.getBoundingClientRect().top ?? -Infinity);
}
