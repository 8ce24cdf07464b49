import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit/html.js";
import { plural } from "../../shared/plural";
import { displayLanguage } from "../ui/displayLanguage";
import { exactTime, isoTime, shortTime } from "../ui/formatTime";
import { lineCount, type Found, type NamedHit, type Search } from "./searchState";
import { markWords } from "./markWords";

/** The id of the list, for the `aria-controls` of the field. */
export const LIST_ID = "search-results";

/** Chooses the line with this index. */
export type Choose = (index: number) => void;

/** Returns the id of a line, for the `aria-activedescendant` of the field. */
export function lineId(index: number): string {
	return `search-result-${index}`;
}

/** Renders the hits over the log, or the reason why there are none; nothing while hidden. */
export function renderResults(
	search: Search,
	nowMs: number,
	choose: Choose,
): TemplateResult | typeof nothing {
	if (search.kind === "idle" || !search.isShown) {
		return nothing;
	}
	// The field keeps the focus during a press on its list.
	const keepFocus = (event: Event): void => event.preventDefault();
	return html`<div class="search-results" @mousedown=${keepFocus}>
		${
			search.kind === "found" && search.hits.length > 0
				? nothing
				: html`<p class="search-note ${search.kind}">${sentenceOf(search)}</p>`
		}${
			search.kind === "found" && lineCount(search) > 0 ? renderList(search, nowMs, choose) : nothing
		}${
			search.kind === "found" && scopeNote(search, nowMs) !== ""
				? html`<p class="search-note">${scopeNote(search, nowMs)}</p>`
				: nothing
		}
	</div>`;
}

/** Returns a sentence about the state of the search. */
function sentenceOf(search: Search): string {
	switch (search.kind) {
		case "idle":
			return "";
		case "searching":
			return l10n.t("Searching…");
		case "failed":
			return search.sentence;
		case "found":
			return search.hits.length > 0
				? countOf(search)
				: search.hasOlder
					? l10n.t("Nothing found so far.")
					: l10n.t("Nothing found.");
	}
}

/** Returns the text for a screen reader: the number of hits, and the limits of the search. */
export function spokenOf(search: Search, nowMs: number): string {
	const sentence = search.kind === "searching" ? "" : sentenceOf(search);
	const note = search.kind === "found" ? scopeNote(search, nowMs) : "";
	return note === "" ? sentence : l10n.t("{0} {1}", sentence, note);
}

function countOf({ hits, hasOlder }: Found): string {
	const count = hits.length;
	return hasOlder
		? l10n.t("The newest {0} results.", count)
		: plural(
				count,
				{ one: l10n.t("{0} result.", count), other: l10n.t("{0} results.", count) },
				displayLanguage(),
			);
}

/** Returns a note about messages that were not searched; empty if there are none. */
function scopeNote({ scope, searchedBackToMs }: Found, nowMs: number): string {
	switch (scope) {
		case "loaded":
			return l10n.t("Only the messages loaded here were searched.");
		case "catchingUp":
			return l10n.t("The server is still getting ready to search: some messages may be missing.");
		case "room":
			return searchedBackToMs === undefined
				? ""
				: l10n.t("Searched as far back as {0}.", shortTime(searchedBackToMs, nowMs));
	}
}

function renderList(search: Found, nowMs: number, choose: Choose): TemplateResult {
	const { hits, active, text } = search;
	return html`<div id=${LIST_ID} role="listbox" aria-label=${l10n.t("Search results")}>
		${hits.map((hit, index) =>
			renderLine(index, active, choose, "hit", renderHit(hit, text, nowMs)),
		)}
		${search.hasOlder ? renderLine(hits.length, active, choose, "more", moreOf(search)) : nothing}
	</div>`;
}

function moreOf({ isLoadingOlder, searchedBackToMs }: Found): string {
	if (isLoadingOlder) {
		return l10n.t("Searching older messages…");
	}
	return searchedBackToMs === undefined
		? l10n.t("Older results")
		: l10n.t("Search earlier messages");
}

function renderLine(
	index: number,
	active: number,
	choose: Choose,
	kind: string,
	content: unknown,
): TemplateResult {
	return html`<div
		id=${lineId(index)}
		class="search-line ${kind}"
		role="option"
		aria-selected=${index === active}
		@click=${() => choose(index)}
	>
		${content}
	</div>`;
}

function renderHit(hit: NamedHit, searched: string, nowMs: number): TemplateResult {
	return html`<div class="search-hit-head">
			<bdi class="search-author">${hit.author}</bdi>
			<time datetime=${isoTime(hit.sentMs) ?? nothing} title=${exactTime(hit.sentMs)}
				>${shortTime(hit.sentMs, nowMs)}</time
			>
		</div>
		<div class="search-excerpt" dir="auto">
			${markWords(hit.excerpt, searched).map(({ text, isMatch }) =>
				isMatch ? html`<mark>${text}</mark>` : text,
			)}
		</div>`;
}
