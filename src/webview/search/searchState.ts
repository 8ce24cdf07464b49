import type { Hit, SearchResult, SearchScope } from "../../shared/chat";

/** A hit with the author's name in the list. */
export interface NamedHit extends Hit {
	readonly author: string;
}

/** One search request. `isShown` is true while its results lie over the log. */
interface Query {
	readonly searchId: string;
	readonly text: string;
	readonly isShown: boolean;
}

export type Found = Query & {
	readonly kind: "found";
	readonly hits: readonly NamedHit[];
	readonly hasOlder: boolean;
	readonly isLoadingOlder: boolean;
	readonly scope: SearchScope;
	/** The time of the oldest message searched so far; absent if all were searched. */
	readonly searchedBackToMs?: number;
	/** The index of the active line: a hit, or after the last one the line that loads older hits. */
	readonly active: number;
};

export type Search =
	| { readonly kind: "idle" }
	| (Query & { readonly kind: "searching" })
	| (Query & { readonly kind: "failed"; readonly sentence: string })
	| Found;

export const IDLE: Search = { kind: "idle" };

/** Returns the state after a search request. */
export function asked(searchId: string, text: string): Search {
	return { kind: "searching", searchId, text, isShown: true };
}

/** Returns the state after an answer; an answer to an earlier request changes nothing. */
export function answered(
	search: Search,
	searchId: string,
	result: SearchResult,
	authorOf: (sender: string) => string,
): Search {
	if (search.kind === "idle" || search.searchId !== searchId) {
		return search;
	}
	const { text, isShown } = search;
	if (result.kind === "failed") {
		return { kind: "failed", searchId, text, isShown, sentence: result.sentence };
	}
	const found: Found = {
		kind: "found",
		searchId,
		text,
		isShown,
		hits: result.hits.map((hit) => ({ ...hit, author: authorOf(hit.sender) })),
		hasOlder: result.hasOlder,
		isLoadingOlder: false,
		scope: result.scope,
		...(result.searchedBackToMs === undefined ? {} : { searchedBackToMs: result.searchedBackToMs }),
		active: search.kind === "found" ? search.active : 0,
	};
	return { ...found, active: Math.max(0, Math.min(found.active, lineCount(found) - 1)) };
}

/** Returns true while the host searches. */
export function isRunning(search: Search): boolean {
	return search.kind === "searching" || (search.kind === "found" && search.isLoadingOlder);
}

/** Returns the number of lines: the hits, and the line that loads older ones. */
export function lineCount({ hits, hasOlder }: Found): number {
	return hits.length + Number(hasOlder);
}

/** Moves the active line by `step`, from the last line to the first. */
export function moved(search: Found, step: number): Found {
	const count = lineCount(search);
	return count === 0 ? search : { ...search, active: (search.active + step + count) % count };
}

/** Shows or hides the results. */
export function shown(search: Search, isShown: boolean): Search {
	return search.kind === "idle" || search.isShown === isShown ? search : { ...search, isShown };
}
