import { roomKey } from "../model/viewState";
import type { Post } from "../model/host";
import { isAtLatest, newestSeq, type Model } from "../model/model";

/** How often at most the host is told. */
const PAUSE_MS = 1_000;
/** Rooms whose last number is remembered; telling one again does no harm. */
const MAX_ROOMS = 200;

/** What the eyes of the reader can be said to have met. */
export interface Sight {
	/** The panel can be seen. Whether the window has the focus is for the host to know. */
	readonly isLookedAt: boolean;
	/** The reader is at the end of what was said last. */
	readonly isAtEnd: boolean;
}

/** Whether the panel can be seen. */
export function isSeen(): boolean {
	return document.visibilityState === "visible";
}

/** The newest message that was seen; `undefined` if nothing can be said of that. */
export function seenSeq(model: Model, { isLookedAt, isAtEnd }: Sight): number | undefined {
	return model.features.rooms && isLookedAt && isAtEnd && isAtLatest(model)
		? newestSeq(model)
		: undefined;
}

/** Tells the host up to where a room was read: when that grew, and once a second at most. */
export class ReadReporter {
	readonly #post: Post;
	readonly #told = new Map<string, number>();
	readonly #look: () => { readonly model: Model; readonly sight: Sight };
	#timer: number | undefined;

	constructor(post: Post, look: () => { readonly model: Model; readonly sight: Sight }) {
		this.#post = post;
		this.#look = look;
	}

	/** To be called when anything of it may have changed. */
	check(): void {
		if (this.#timer === undefined && this.#tell()) {
			this.#timer = window.setTimeout(() => {
				this.#timer = undefined;
				this.check();
			}, PAUSE_MS);
		}
	}

	#tell(): boolean {
		const { model, sight } = this.#look();
		const seq = seenSeq(model, sight);
		const at = roomKey(model.place, model.roomId);
		if (seq === undefined || seq <= (this.#told.get(at) ?? -1)) {
			return false;
		}
		this.#told.delete(at);
		this.#told.set(at, seq);
		for (const oldest of this.#told.keys()) {
			if (this.#told.size <= MAX_ROOMS) {
				break;
			}
			this.#told.delete(oldest);
		}
		this.#post({ type: "seen", room: model.roomId, seq });
		return true;
	}
}
