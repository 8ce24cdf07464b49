import * as l10n from "@vscode/l10n";
import { html, nothing, render } from "lit/html.js";
import type { ToWebview } from "../../shared/protocol";
import type { ViewState } from "../model/viewState";
import type { Post } from "../model/host";
import type { Model } from "../model/model";
import { nameOf } from "../people/names";
import { LIST_ID, lineId, renderResults, spokenOf } from "./results";
import {
	answered,
	asked,
	IDLE,
	isRunning,
	lineCount,
	moved,
	shown,
	type Search,
} from "./searchState";

/** The pause in typing after which the search begins. */
const PAUSE_MS = 250;
/** The longest searched text that the protocol accepts. */
const MAX_LENGTH = 1_000;

/** The parts of the panel that the search uses. */
export interface SearchPort {
	readonly post: Post;
	readonly viewState: ViewState;
	readonly model: () => Model;
	/** Focuses the composer. */
	readonly leave: () => void;
}

/** The bar below the header and its results over the log. The field keeps the focus; see ARIA's combobox. */
export class SearchBar {
	readonly #bar: HTMLElement;
	readonly #over: HTMLElement;
	readonly #port: SearchPort;
	#search: Search = IDLE;
	#timer: number | undefined;

	constructor(bar: HTMLElement, over: HTMLElement, port: SearchPort) {
		this.#bar = bar;
		this.#over = over;
		this.#port = port;
		for (const part of [bar, over]) {
			part.addEventListener("focusout", ({ relatedTarget }) => this.#onFocusOut(relatedTarget));
		}
		this.#draw();
		this.#setText(port.viewState.state.searchText);
	}

	/** Opens the bar with its text selected. */
	open(): void {
		this.#port.viewState.update({ isSearchOpen: true });
		this.#draw();
		const field = this.#field;
		if (field !== undefined && document.activeElement !== field) {
			this.#setText(this.#port.viewState.state.searchText);
			field.focus();
		}
		field?.select();
	}

	/** Shows an answer of the host. */
	receive({ searchId, result, people }: Extract<ToWebview, { type: "searched" }>): void {
		const model = this.#port.model();
		const known = new Map([...model.people, ...people.map((one) => [one.identity, one] as const)]);
		this.#search = answered(this.#search, searchId, result, (sender) =>
			sender === model.me ? l10n.t("You") : nameOf(known, sender),
		);
		this.#draw();
	}

	/** Drops the results, since another room is open. */
	reset(): void {
		this.#endSearch();
		this.#draw();
	}

	#endSearch(): void {
		clearTimeout(this.#timer);
		if (isRunning(this.#search)) {
			this.#port.post({ type: "endSearch" });
		}
		this.#search = IDLE;
	}

	get #field(): HTMLInputElement | undefined {
		return this.#bar.querySelector("input") ?? undefined;
	}

	#setText(text: string): void {
		if (this.#field !== undefined) {
			this.#field.value = text;
		}
	}

	#close(): void {
		this.#endSearch();
		this.#port.viewState.update({ isSearchOpen: false });
		this.#draw();
		this.#port.leave();
	}

	/** Searches for the text of the field, unless that is the last searched text. */
	#startSearch(): void {
		clearTimeout(this.#timer);
		const text = this.#field?.value.trim() ?? "";
		if (text === "") {
			this.#endSearch();
		} else if (this.#search.kind === "idle" || this.#search.text !== text) {
			const searchId = crypto.randomUUID();
			this.#search = asked(searchId, text);
			this.#port.post({ type: "search", searchId, text });
		}
		this.#draw();
	}

	readonly #onInput = (): void => {
		clearTimeout(this.#timer);
		const searchText = this.#field?.value ?? "";
		this.#port.viewState.update({ searchText });
		this.#timer = window.setTimeout(
			() => this.#startSearch(),
			// An empty text ends the search at once.
			searchText.trim() === "" ? 0 : PAUSE_MS,
		);
	};

	readonly #onKeydown = (event: KeyboardEvent): void => {
		if (event.key === "Escape" && !event.isComposing) {
			event.stopPropagation();
			event.preventDefault();
			this.#close();
		} else if (event.target === this.#field && !event.isComposing) {
			this.#onFieldKey(event);
		}
	};

	#onFieldKey(event: KeyboardEvent): void {
		switch (event.key) {
			case "Enter":
				event.preventDefault();
				this.#onEnter();
				break;
			case "ArrowDown":
			case "ArrowUp":
				event.preventDefault();
				this.#move(event.key === "ArrowDown" ? 1 : -1);
				break;
		}
	}

	/** Searches for a new text, else shows the results, else chooses the active one. */
	#onEnter(): void {
		const search = this.#search;
		const isNew = search.kind === "idle" || search.text !== this.#field?.value.trim();
		if (isNew || search.kind === "failed") {
			this.#search = search.kind === "failed" ? IDLE : search;
			this.#startSearch();
		} else if (!search.isShown) {
			this.#show(true);
		} else if (search.kind === "found") {
			this.#choose(search.active);
		}
	}

	#move(step: number): void {
		const search = this.#search;
		if (search.kind !== "idle" && !search.isShown) {
			this.#show(true);
		} else if (search.kind === "found") {
			this.#search = moved(search, step);
			this.#draw();
			this.#over.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
		}
	}

	readonly #choose = (index: number): void => {
		const search = this.#search;
		if (search.kind !== "found") {
			return;
		}
		const hit = search.hits[index];
		if (hit !== undefined) {
			this.#search = { ...search, active: index, isShown: false };
			this.#port.post({ type: "reveal", hit: hit.key });
		} else if (search.hasOlder && !search.isLoadingOlder) {
			this.#search = { ...search, active: index, isLoadingOlder: true };
			this.#port.post({ type: "searchOlder", searchId: search.searchId });
		}
		this.#draw();
	};

	#show(isShown: boolean): void {
		this.#search = shown(this.#search, isShown);
		this.#draw();
		this.#over.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
	}

	/** Hides the results when another part of the panel gets the focus. */
	#onFocusOut(next: EventTarget | null): void {
		const isInside =
			next instanceof Node && (this.#bar.contains(next) || this.#over.contains(next));
		if (next !== null && !isInside) {
			this.#show(false);
		}
	}

	#draw(): void {
		const search = this.#search;
		const { isSearchOpen } = this.#port.viewState.state;
		render(isSearchOpen ? this.#renderBar(search) : nothing, this.#bar);
		render(isSearchOpen ? renderResults(search, Date.now(), this.#choose) : nothing, this.#over);
	}

	/** Renders a native field: the toolkit's hides its input from ARIA's active descendant. */
	#renderBar(search: Search): unknown {
		const hasList = search.kind === "found" && search.isShown && lineCount(search) > 0;
		const label = l10n.t("Search messages");
		return html`<div
			class="search-bar"
			role="search"
			aria-label=${label}
			@keydown=${this.#onKeydown}
		>
			<span class="codicon codicon-search" aria-hidden="true"></span>
			<input
				type="text"
				role="combobox"
				aria-label=${label}
				aria-autocomplete="list"
				aria-haspopup="listbox"
				aria-expanded=${hasList}
				aria-controls=${hasList ? LIST_ID : nothing}
				aria-activedescendant=${hasList ? lineId(search.active) : nothing}
				placeholder=${label}
				maxlength=${MAX_LENGTH}
				autocomplete="off"
				spellcheck="false"
				@input=${this.#onInput}
			/>
			<button
				class="ui-icon ui-flat"
				type="button"
				aria-label=${l10n.t("Close Search")}
				title=${l10n.t("Close Search (Escape)")}
				@click=${() => this.#close()}
			>
				<span class="codicon codicon-close" aria-hidden="true"></span>
			</button>
			<span class="ui-spoken" role="status">${spokenOf(search, Date.now())}</span>
		</div>`;
	}
}
