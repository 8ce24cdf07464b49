import { roomKey } from "../model/viewState";
import type { Post } from "../model/host";
import { isAtLatest, newestSeq, type Model } from "../model/model";

/** The shortest time between two reports. */
const INTERVAL_MS = 1_000;
/** The rooms whose last report is remembered. Repeating a report does no harm. */
const MAX_ROOMS = 200;

/** The state of the panel that decides which messages count as read. */
export interface ReadingState {
	/** True while the panel is visible. The host knows if the window has the focus. */
	readonly isVisible: boolean;
	/** True while the reader is at the latest message. */
	readonly isAtEnd: boolean;
}

/** Returns the number of the newest read message; `undefined` while none counts as read. */
export function seenSeq(model: Model, { isVisible, isAtEnd }: ReadingState): number | undefined {
	return model.features.rooms && isVisible && isAtEnd && isAtLatest(model)
		? newestSeq(model)
		: undefined;
}

/** Reports the read mark of a room to the host: only when it grows, and at most once a second. */
export class ReadReporter {
	readonly #post: Post;
	readonly #reported = new Map<string, number>();
	readonly #read: () => { readonly model: Model; readonly reading: ReadingState };
	#timer: number | undefined;

	constructor(post: Post, read: () => { readonly model: Model; readonly reading: ReadingState }) {
		this.#post = post;
		this.#read = read;
	}

	/** Reports a growth. Call it after each drawing and each change of focus. */
	check(): void {
		if (this.#timer === undefined && this.#report()) {
			this.#timer = window.setTimeout(() => {
				this.#timer = undefined;
				this.check();
			}, INTERVAL_MS);
		}
	}

	#report(): boolean {
		const { model, reading } = this.#read();
		const seq = seenSeq(model, reading);
		const at = roomKey(model.target);
		if (seq === undefined || seq <= (this.#reported.get(at) ?? -1)) {
			return false;
		}
		this.#reported.delete(at);
		this.#reported.set(at, seq);
		for (const oldest of this.#reported.keys()) {
			if (this.#reported.size <= MAX_ROOMS) {
				break;
			}
			this.#reported.delete(oldest);
		}
		this.#post({ type: "seen", target: model.target, seq });
		return true;
	}
}
