import type { Hit, SearchResult, SearchScope } from "../../shared/chat";

/** A hit with the author as the list says it. */
export interface NamedHit extends Hit {
	readonly author: string;
}

/** One question and what has become of it. `isShown`: its results lie over the log. */
interface Question {
	readonly searchId: string;
	readonly text: string;
	readonly isShown: boolean;
}

export type Found = Question & {
	readonly kind: "found";
	readonly hits: readonly NamedHit[];
	readonly hasOlder: boolean;
	readonly isLoadingOlder: boolean;
	readonly scope: SearchScope;
	/** Only what was said since was looked at yet. */
	readonly searchedBackToMs?: number;
	/** The line that Enter takes: a hit, or behind the last one the line that asks for older ones. */
	readonly active: number;
};

export type Search =
	| { readonly kind: "idle" }
	| (Question & { readonly kind: "searching" })
	| (Question & { readonly kind: "failed"; readonly sentence: string })
	| Found;

export const IDLE: Search = { kind: "idle" };

/** The state after a new question was posted. */
export function asked(searchId: string, text: string): Search {
	return { kind: "searching", searchId, text, isShown: true };
}

/** The state after an answer; one to an earlier question changes nothing. */
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

/** Whether the host is looking. */
export function isRunning(search: Search): boolean {
	return search.kind === "searching" || (search.kind === "found" && search.isLoadingOlder);
}

/** The lines one can move through: the hits, and the one that asks for older ones. */
export function lineCount({ hits, hasOlder }: Found): number {
	return hits.length + Number(hasOlder);
}

/** Moves to the line that is `step` further down, round from the last to the first. */
export function moved(search: Found, step: number): Found {
	const count = lineCount(search);
	return count === 0 ? search : { ...search, active: (search.active + step + count) % count };
}

/** Shows or hides the results. */
export function shown(search: Search, isShown: boolean): Search {
	return search.kind === "idle" || search.isShown === isShown ? search : { ...search, isShown };
}
