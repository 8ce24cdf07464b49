import { l10n } from "vscode";
import type { Entry, Hit, Message, SearchResult } from "../../../shared/chat";
import { excerptOf } from "../../../shared/excerpt";
import type { Backend, FoundMessage, SearchAnswer } from "../backend";
import { readRefusal } from "../refusal";
import { searchPages } from "./searchPages";
import { hasWords, wordsOf } from "./words";

/** The most hits that one search keeps, however often older ones are requested. */
const MAX_HITS = 1_000;

/** Prefixes of a hit's key: by order in the room, or by the key of a loaded message. */
const BY_ORDER = "order:";
const BY_KEY = "key:";

/** The message that a hit stands for. */
export type HitTarget =
	| { readonly kind: "order"; readonly page: number; readonly order: number }
	| { readonly kind: "key"; readonly key: string };

/** The search of the open room. A new search ends the one before; `dispose` ends it for good. */
export class RoomSearch {
	readonly #timeline: () => readonly Entry[];
	readonly #backend: () => Backend | undefined;
	#searchId: string | undefined;
	#text = "";
	#hits: readonly Hit[] = [];
	#olderThan: number | undefined;
	#abort = new AbortController();

	/**
	 * @param timeline the loaded entries, for databases that cannot search
	 * @param backend the connected database
	 */
	constructor(timeline: () => readonly Entry[], backend: () => Backend | undefined) {
		this.#timeline = timeline;
		this.#backend = backend;
	}

	/** Searches for a text, newest first. Calls `onResult` once, unless another search begins. */
	begin(searchId: string, text: string, onResult: (result: SearchResult) => void): void {
		this.end();
		this.#searchId = searchId;
		this.#text = text.trim();
		this.#hits = [];
		this.#olderThan = undefined;
		this.#run(onResult);
	}

	/** Adds older hits to those of a search. Does nothing if another search has begun. */
	older(searchId: string, onResult: (result: SearchResult) => void): void {
		if (searchId === this.#searchId && this.#olderThan !== undefined) {
			this.#run(onResult);
		}
	}

	/** Drops the search under way; its result is not reported. */
	end(): void {
		this.#abort.abort();
		this.#abort = new AbortController();
		this.#searchId = undefined;
	}

	dispose(): void {
		this.end();
	}

	#run(onResult: (result: SearchResult) => void): void {
		const backend = this.#backend();
		if (this.#text === "") {
			onResult({ kind: "found", hits: [], hasOlder: false, scope: "room" });
		} else if (backend === undefined) {
			onResult({ kind: "failed", sentence: l10n.t("Searching needs the connection.") });
		} else if (backend.isSearchedByPages) {
			const read = this.#reader(onResult);
			const { signal } = this.#abort;
			void searchPages(backend.pages, this.#text, this.#olderThan, signal).then((answer) => {
				if (answer !== undefined) {
					read(answer);
				}
			});
		} else if (backend.search === undefined) {
			onResult(this.#searchLoaded());
		} else {
			backend.search(this.#text, this.#olderThan, this.#reader(onResult));
		}
	}

	/** Returns what reads the answer to the search that runs now; an answer to an earlier one is dropped. */
	#reader(onResult: (result: SearchResult) => void): (answer: SearchAnswer) => void {
		const searchId = this.#searchId;
		return (answer) => {
			if (searchId === this.#searchId) {
				onResult(this.#read(answer));
			}
		};
	}

	#read(answer: SearchAnswer): SearchResult {
		if (answer.kind === "failed") {
			return { kind: "failed", sentence: answer.reason };
		}
		if (answer.kind === "refused") {
			const { sentence } = readRefusal(answer.reason, "exactlyOnce");
			return { kind: "failed", sentence };
		}
		this.#hits = [...this.#hits, ...answer.found.map(toHit)];
		this.#olderThan = this.#hits.length < MAX_HITS ? answer.olderThan : undefined;
		const hasOlder = this.#olderThan !== undefined;
		const { searchedBackToMicros } = answer;
		const searchedBackTo =
			searchedBackToMicros === undefined
				? {}
				: { searchedBackToMs: Math.floor(searchedBackToMicros / 1_000) };
		const scope = answer.isCatchingUp ? "catchingUp" : "room";
		return { kind: "found", hits: this.#hits, hasOlder, scope, ...searchedBackTo };
	}

	/** Searches the loaded messages, for databases that cannot search. */
	#searchLoaded(): SearchResult {
		const words = wordsOf(this.#text);
		const found = this.#timeline()
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

/** Returns the key of a message by its page and its order. */
export function orderHit(page: number, order: number): string {
	return `${BY_ORDER}${page}:${order}`;
}

/** Reads a hit's key; returns `undefined` for a string that is none. */
export function readHitKey(hitKey: string): HitTarget | undefined {
	if (hitKey.startsWith(BY_KEY)) {
		return { kind: "key", key: hitKey.slice(BY_KEY.length) };
	}
	const [, page, order] = /^order:(\d{1,15}):(\d{1,15})$/u.exec(hitKey) ?? [];
	return page === undefined || order === undefined
		? undefined
		: { kind: "order", page: Number(page), order: Number(order) };
}

function toHit({ page, order, sender, sentMicros, excerpt }: FoundMessage): Hit {
	return {
		key: orderHit(page, order),
		sender,
		sentMs: Math.floor(sentMicros / 1_000),
		excerpt,
	};
}
