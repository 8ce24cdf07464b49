import { MAX_VIEW_ENTRIES, type Edge } from "../../shared/chat";
import type { Post } from "../model/host";
import type { Model } from "../model/model";
import { endsInReach } from "./scrollPosition";

/** Asks for what lies beyond the ends of the window before the reader comes to them. */
export class EdgeLoader {
	readonly #post: Post;
	readonly #older = new EdgeLoaders();
	readonly #newer = new EdgeLoaders();

	constructor(post: Post) {
		this.#post = post;
	}

	/** To be called when the reader may have come near an end of what is drawn. */
	ask(log: HTMLElement, model: Model): void {
		const { edges, entries } = model;
		const inReach = endsInReach(log);
		if (inReach.older && inReach.newer && entries.length > MAX_VIEW_ENTRIES / 2) {
			// Hardly higher than the panel: what came at one end would go at the other, for ever.
			return;
		}
		if (this.#older.asks(edges.older, inReach.older, entries.at(0)?.key)) {
			this.load("loadOlder", model);
		}
		if (this.#newer.asks(edges.newer, inReach.newer, entries.at(-1)?.key)) {
			this.load("loadNewer", model);
		}
	}

	load(type: "loadOlder" | "loadNewer", { roomId }: Model): void {
		this.#post({ type, room: roomId });
	}
}

/**
 * Asks for what lies beyond one end of the window, once for every entry that stands there. A reader who
 * goes away and comes back asks again: the first answer may have been that it did not work.
 */
export class EdgeLoaders {
	#askedAt: string | undefined;

	/** Whether to ask now. `key` is that of the entry at this end. */
	asks(edge: Edge, isInReach: boolean, key: string | undefined): boolean {
		if (!isInReach) {
			this.#askedAt = undefined;
			return false;
		}
		if (edge !== "more" || key === undefined || key === this.#askedAt) {
			return false;
		}
		this.#askedAt = key;
		return true;
	}
}
