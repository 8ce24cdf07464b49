import { pageOf } from "../../shared/room";
import type { Message, SearchResult } from "../../shared/chat";
import type { ToWebview } from "../../shared/protocol";
import type { OpenRoom } from "../chat/room/openRoom";
import type { ChatSession } from "../chat/session";
import { readHitKey } from "../chat/search/search";
import type { Log } from "../platform/log";
import type { PanelFeed } from "./feed";
import type { ViewRange } from "./viewRange";

export interface HistorySources {
	readonly session: ChatSession;
	readonly log: Pick<Log, "error">;
	/** The view's range of the open room. */
	readonly range: () => ViewRange;
	readonly feed: PanelFeed;
	/** Posts to a view that listens, else as soon as it does. */
	readonly post: (message: ToWebview) => void;
}

/** Handles the requests for another part of the history, or for something found in it. */
export class HistoryHandlers {
	readonly #sources: HistorySources;

	constructor(sources: HistorySources) {
		this.#sources = sources;
	}

	search(searchId: string, text: string): void {
		const { search } = this.#sources.session.openRoom;
		search.begin(searchId, text, (result) => this.#searched(searchId, result));
	}

	searchOlder(searchId: string): void {
		const { search } = this.#sources.session.openRoom;
		search.older(searchId, (result) => this.#searched(searchId, result));
	}

	async goToLatest(): Promise<void> {
		const { range, feed, log } = this.#sources;
		try {
			await range().goToLatest();
		} catch (error) {
			log.error("The latest messages could not be loaded", error);
		}
		feed.reset();
	}

	/** Returns false where the messages of that time could not be loaded. */
	async revealTime(sentMs: number): Promise<boolean> {
		return this.#reveal(
			({ pages }) => pages.openAtTime(sentMs),
			(message) => message.sentMs >= sentMs,
		);
	}

	/** Goes to the message with this number, or to the next one. Does nothing if its room was left. */
	async revealSeq(room: number, seq: number): Promise<void> {
		if (room === this.#sources.session.openRoom.id) {
			await this.#revealOrder(pageOf(seq), seq);
		}
	}

	async revealHit(hit: string): Promise<void> {
		const target = readHitKey(hit);
		if (target?.kind === "key") {
			await this.#reveal(
				() => Promise.resolve(true),
				({ key }) => key === target.key,
			);
		} else if (target !== undefined) {
			await this.#revealOrder(target.page, target.order);
		}
	}

	async #revealOrder(page: number, order: number): Promise<void> {
		await this.#reveal(
			({ pages }) => pages.openAtPage(page),
			(message) => message.order >= order,
		);
	}

	/** Loads a part of the open room, and shows its first matching message, unless the room was left. */
	async #reveal(
		load: (room: OpenRoom) => Promise<boolean>,
		matches: (message: Message) => boolean,
	): Promise<boolean> {
		const { session, range, feed, post, log } = this.#sources;
		const room = session.openRoom;
		let isLoaded = false;
		try {
			isLoaded = await load(room);
		} catch (error) {
			log.error("A part of the history could not be loaded", error);
		}
		if (!isLoaded || room !== session.openRoom) {
			return false;
		}
		const key = range().centre(matches);
		if (key === undefined) {
			await this.goToLatest();
			return true;
		}
		feed.reset();
		feed.flush();
		post({ type: "reveal", key });
		return true;
	}

	#searched(searchId: string, result: SearchResult): void {
		const { session, post } = this.#sources;
		const senders = result.kind === "found" ? result.hits.map(({ sender }) => sender) : [];
		const people = [...new Set(senders)].flatMap((identity) => session.people.get(identity) ?? []);
		post({ type: "searched", searchId, result, people });
	}
}
