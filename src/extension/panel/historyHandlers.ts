import type { Message, SearchResult } from "../../shared/chat";
import type { ToWebview } from "../../shared/protocol";
import { pageOf } from "../database/sdk/rows";
import type { ChatSession } from "../chat/session";
import { readHitKey } from "../chat/search/search";
import type { Log } from "../platform/log";
import type { PanelFeed } from "./feed";
import type { ViewRange } from "./viewRange";

export interface HistorySources {
	readonly session: ChatSession;
	readonly log: Pick<Log, "error">;
	readonly window: ViewRange;
	readonly feed: PanelFeed;
	/** Tells a view that listens, else as soon as it does. */
	readonly tell: (message: ToWebview) => void;
}

/** What a view may wish of the history: another part of it, or something found in it. */
export class HistoryHandlers {
	readonly #sources: HistorySources;

	constructor(sources: HistorySources) {
		this.#sources = sources;
	}

	search(searchId: string, text: string): void {
		const { search } = this.#sources.session;
		search.begin(searchId, text, (result) => this.#searched(searchId, result));
	}

	searchOlder(searchId: string): void {
		const { search } = this.#sources.session;
		search.older(searchId, (result) => this.#searched(searchId, result));
	}

	async goToLatest(): Promise<void> {
		const { window, feed, log } = this.#sources;
		try {
			await window.goToLatest();
		} catch (error) {
			log.error("The latest messages could not be loaded", error);
		}
		feed.reset();
	}

	/** @returns whether what was said at that time could be loaded */
	async revealTime(sentMs: number): Promise<boolean> {
		const { history } = this.#sources.session;
		return this.#reveal(
			() => history.openAtTime(sentMs),
			(message) => message.sentMs >= sentMs,
		);
	}

	/** Goes to the message of the open room that has this number, or to the next there is. */
	async revealSeq(room: number, seq: number): Promise<void> {
		const { session } = this.#sources;
		if (room === session.rooms.openId) {
			await this.#revealPlace(pageOf(seq), seq);
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
			await this.#revealPlace(target.page, target.order);
		}
	}

	async #revealPlace(page: number, place: number): Promise<void> {
		await this.#reveal(
			() => this.#sources.session.history.openAtPage(page),
			({ order }) => order >= place,
		);
	}

	async #reveal(
		load: () => Promise<boolean>,
		isThere: (message: Message) => boolean,
	): Promise<boolean> {
		const { window, feed, tell, log } = this.#sources;
		let isLoaded = false;
		try {
			isLoaded = await load();
		} catch (error) {
			log.error("A part of the history could not be loaded", error);
		}
		if (!isLoaded) {
			return false;
		}
		const key = window.centre(isThere);
		if (key === undefined) {
			await this.goToLatest();
			return true;
		}
		feed.reset();
		feed.flush();
		tell({ type: "reveal", key });
		return true;
	}

	#searched(searchId: string, result: SearchResult): void {
		const senders = result.kind === "found" ? result.hits.map(({ sender }) => sender) : [];
		const people = [...new Set(senders)].flatMap(
			(identity) => this.#sources.session.store.person(identity) ?? [],
		);
		this.#sources.tell({ type: "searched", searchId, result, people });
	}
}
