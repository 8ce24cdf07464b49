import { MAX_VIEW_ENTRIES, type Edge } from "../../shared/chat";
import type { Post } from "../model/host";
import type { Model } from "../model/model";
import { nearEnds } from "./scrollPosition";

/** Loads entries beyond the view range before the reader reaches its ends. */
export class EdgeLoader {
	readonly #post: Post;
	readonly #older = new EdgeRequests();
	readonly #newer = new EdgeRequests();

	constructor(post: Post) {
		this.#post = post;
	}

	/** Loads more if an end is near. Call it after each scroll and each drawing. */
	loadNear(log: HTMLElement, model: Model): void {
		const { edges, entries } = model;
		const near = nearEnds(log);
		if (near.older && near.newer && entries.length > MAX_VIEW_ENTRIES / 2) {
			// The view range is hardly higher than the panel: loading at one end would evict at the other, in a loop.
			return;
		}
		if (this.#older.shouldLoad(edges.older, near.older, entries.at(0)?.key)) {
			this.load("loadOlder", model);
		}
		if (this.#newer.shouldLoad(edges.newer, near.newer, entries.at(-1)?.key)) {
			this.load("loadNewer", model);
		}
	}

	load(type: "loadOlder" | "loadNewer", { roomId }: Model): void {
		this.#post({ type, room: roomId });
	}
}

/**
 * Allows one request for each entry that stands at one end of the view range. A reader who scrolls away
 * and returns may cause another request, since the first one may have failed.
 */
export class EdgeRequests {
	#requestedAt: string | undefined;

	/** Returns true if more is to be loaded now. `key` is the key of the entry at this end. */
	shouldLoad(edge: Edge, isInReach: boolean, key: string | undefined): boolean {
		if (!isInReach) {
			this.#requestedAt = undefined;
			return false;
		}
		if (edge !== "more" || key === undefined || key === this.#requestedAt) {
			return false;
		}
		this.#requestedAt = key;
		return true;
	}
}
