import { l10n } from "vscode";
import type { Hit, Message, SearchResult } from "../../../shared/chat";
import type { Backend, FoundMessage } from "../backend";
import type { ChatStore } from "../room/chatStore";
import { excerptOf, hasWords, wordsOf } from "../excerpt";

/** Hits that are kept while somebody asks for older ones again and again. */
const MAX_HITS = 1_000;

/** A hit's key: by place in the room, or by the key of a message that is loaded. */
const BY_PLACE = "place:";
const BY_KEY = "key:";

/** Which message a hit is. */
export type HitTarget =
	| { readonly kind: "place"; readonly page: number; readonly order: number }
	| { readonly kind: "key"; readonly key: string };

/** One search at a time: a new one takes the place of that before. */
export class ChatSearch {
	readonly #store: ChatStore;
	readonly #backend: () => Backend | undefined;
	#searchId: string | undefined;
	#text = "";
	#hits: readonly Hit[] = [];
	#olderThan: number | undefined;
	#abort = new AbortController();

	constructor(store: ChatStore, backend: () => Backend | undefined) {
		this.#store = store;
		this.#backend = backend;
	}

	/** Searches for a text, newest first. `settle` is called once, unless another search begins. */
	begin(searchId: string, text: string, settle: (result: SearchResult) => void): void {
		this.end();
		this.#searchId = searchId;
		this.#text = text.trim();
		this.#hits = [];
		this.#olderThan = undefined;
		this.#ask(settle);
	}

	/** Adds older hits to those of a search; nothing if another has begun. */
	older(searchId: string, settle: (result: SearchResult) => void): void {
		if (searchId === this.#searchId && this.#olderThan !== undefined) {
			this.#ask(settle);
		}
	}

	/** Nobody waits for what is looked for. */
	end(): void {
		this.#abort.abort();
		this.#abort = new AbortController();
		this.#searchId = undefined;
	}

	#ask(settle: (result: SearchResult) => void): void {
		const searchId = this.#searchId;
		const backend = this.#backend();
		if (this.#text === "") {
			settle({ kind: "found", hits: [], hasOlder: false, scope: "room" });
		} else if (backend === undefined) {
			settle({ kind: "failed", sentence: l10n.t("Searching needs the connection.") });
		} else if (backend.search === undefined) {
			settle(this.#searchLoaded());
		} else {
			const { signal } = this.#abort;
			backend.search(this.#text, this.#olderThan, signal, (answer) => {
				if (searchId !== this.#searchId) {
					return;
				}
				if (answer.kind === "failed") {
					settle({ kind: "failed", sentence: answer.reason });
					return;
				}
				this.#hits = [...this.#hits, ...answer.found.map(toHit)];
				this.#olderThan = this.#hits.length < MAX_HITS ? answer.olderThan : undefined;
				const hasOlder = this.#olderThan !== undefined;
				const { searchedBackToMicros } = answer;
				const reached =
					searchedBackToMicros === undefined
						? {}
						: { searchedBackToMs: Math.floor(searchedBackToMicros / 1_000) };
				const scope = answer.isCatchingUp ? "catchingUp" : "room";
				settle({ kind: "found", hits: this.#hits, hasOlder, scope, ...reached });
			});
		}
	}

	/** For databases that can't search: what is loaded, letter by letter. */
	#searchLoaded(): SearchResult {
		const words = wordsOf(this.#text);
		const found = this.#store
			.timeline()
			.filter((entry): entry is Message => entry.kind === "message" && entry.state.kind === "sent")
			.filter(({ text }) => hasWords(text, words));
		const hits = found
			.slice(-MAX_HITS)
			.reverse()
			.map(({ key, sender, sentMs, text }) => ({
				key: BY_KEY + key,
				sender,
				sentMs,
				excerpt: excerptOf(text, words),
			}));
		return { kind: "found", hits, hasOlder: false, scope: "loaded" };
	}
}

/** The key that means a message by its page and its place. */
export function placeHit(page: number, order: number): string {
	return `${BY_PLACE}${page}:${order}`;
}

/** The message that a hit's key means; `undefined` for a key of nobody's. */
export function readHitKey(hitKey: string): HitTarget | undefined {
	if (hitKey.startsWith(BY_KEY)) {
		return { kind: "key", key: hitKey.slice(BY_KEY.length) };
	}
	const [, page, order] = /^place:(\d{1,15}):(\d{1,15})$/u.exec(hitKey) ?? [];
	return page === undefined || order === undefined
		? undefined
		: { kind: "place", page: Number(page), order: Number(order) };
}

function toHit({ page, order, sender, sentMicros, excerpt }: FoundMessage): Hit {
	return {
		key: placeHit(page, order),
		sender,
		sentMs: Math.floor(sentMicros / 1_000),
		excerpt,
	};
}
