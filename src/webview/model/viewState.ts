import type { VsCodeApi } from "./host";

/** The message that is being answered, as far as the box shows it. */
export interface Reply {
	readonly seq: number;
	readonly sender: string;
	readonly excerpt: string;
}

/** An own message that is being given another text. */
export interface Edit {
	readonly seq: number;
	readonly text: string;
	/** As it was before. */
	readonly original: string;
}

/** What stands in the box of one room. */
export interface Draft {
	readonly text: string;
	readonly reply: Reply | undefined;
	/** While there is one, its text is in the box, and `text` waits. */
	readonly edit: Edit | undefined;
}

export const NO_DRAFT: Draft = { text: "", reply: undefined, edit: undefined };

/** A line that was posted to the host, which has not said yet what became of it. */
export interface Unsettled {
	readonly clientId: string;
	/** The server and database that it is for, as `homeOf` writes them. */
	readonly home: string;
	readonly room: number;
	/** As it was typed, so with a second slash where one escapes the first. */
	readonly text: string;
	readonly reply: Reply | undefined;
	readonly sinceMs: number;
}

/** Where one was reading: the first entry in sight, and how far below the top of the log it was, in pixels. */
export interface ReadingPlace {
	readonly key: string;
	readonly top: number;
}

/** What the view remembers when it is hidden, moved or reloaded. */
export interface Remembered {
	/** The room that was open last, as `roomKey` writes it; empty before the first one was. */
	readonly at: string;
	/** The drafts of the last rooms in which something was typed, the latest at the end. */
	readonly drafts: readonly (Draft & { readonly at: string })[];
	readonly unsettled: readonly Unsettled[];
	/** Rooms that were left, or hidden, with the reader at an earlier place; the latest at the end. */
	readonly places: readonly (ReadingPlace & { readonly at: string })[];
	/** Not more than one, or they would crowd out the log. */
	readonly openList: "none" | "rooms" | "people";
	readonly areOfflineShown: boolean;
	readonly areMoreShown: boolean;
	readonly areArchivedShown: boolean;
	readonly isSearchOpen: boolean;
	/** What was last looked for; it is not looked for again by itself. */
	readonly searchText: string;
}

/** Rooms whose draft is kept. */
const MAX_DRAFTS = 50;
/** Rooms whose place is kept. */
const MAX_PLACES = 50;
/** Lines under way that are kept; nobody writes as many while a view is open. */
const MAX_UNSETTLED = 200;

type Stored = Partial<Record<string, unknown>>;

/** Names a database. */
export function homeOf(place: { readonly server: string; readonly database: string }): string {
	return `${place.server}/${place.database}`;
}

/** Names a room of a database. */
export function roomKey(
	place: { readonly server: string; readonly database: string },
	room: number,
): string {
	return `${homeOf(place)}/${room}`;
}

/** The drafts, the sends under way, places and open lists; every change is stored at once. */
export class Drafts {
	readonly #api: Pick<VsCodeApi, "getState" | "setState">;
	#state: Remembered;

	constructor(api: Pick<VsCodeApi, "getState" | "setState">) {
		this.#api = api;
		this.#state = readRemembered(api.getState());
	}

	get state(): Remembered {
		return this.#state;
	}

	update(change: Partial<Remembered>): void {
		this.#state = { ...this.#state, ...change };
		this.#api.setState(this.#state);
	}

	/** What stands in the box of a room. */
	draftAt(at: string): Draft {
		return this.#state.drafts.find((draft) => draft.at === at) ?? NO_DRAFT;
	}

	put(at: string, draft: Draft): void {
		const others = this.#state.drafts.filter((one) => one.at !== at);
		const isEmpty = draft.text === "" && draft.reply === undefined && draft.edit === undefined;
		const drafts = isEmpty ? others : [...others, { ...draft, at }].slice(-MAX_DRAFTS);
		this.update({ drafts });
	}

	/** Takes note of the room that is open now. What was typed before the first one was known is its. */
	enter(at: string): Draft {
		const { at: before } = this.#state;
		if (before === "" && at !== "") {
			const early = this.draftAt("");
			this.put("", NO_DRAFT);
			if (early.text !== "" && this.draftAt(at).text === "") {
				this.put(at, early);
			}
		}
		this.update({ at });
		return this.draftAt(at);
	}

	/** Where one goes on reading in a room; nothing for its end. */
	placeAt(at: string): ReadingPlace | undefined {
		return this.#state.places.find((place) => place.at === at);
	}

	keepPlace(at: string, place: ReadingPlace | undefined): void {
		const before = this.placeAt(at);
		if (before?.key !== place?.key || before?.top !== place?.top) {
			const others = this.#state.places.filter((one) => one.at !== at);
			const places = place === undefined ? others : [...others, { ...place, at }];
			this.update({ places: places.slice(-MAX_PLACES) });
		}
	}

	/** The room that was open last, if one was reading at an earlier place there. */
	get reading(): number | undefined {
		const { at } = this.#state;
		return this.placeAt(at) === undefined ? undefined : Number(at.slice(at.lastIndexOf("/") + 1));
	}

	/** Remembers a send until it is settled. */
	add(send: Unsettled): void {
		this.update({ unsettled: [...this.#state.unsettled, send].slice(-MAX_UNSETTLED) });
	}

	/** Forgets a send and returns it, if it was one of ours. */
	settle(clientId: string): Unsettled | undefined {
		const send = this.#state.unsettled.find((one) => one.clientId === clientId);
		if (send !== undefined) {
			this.update({ unsettled: this.#state.unsettled.filter((one) => one !== send) });
		}
		return send;
	}
}

/** The stored state, or as much of it as makes sense. Never throws. */
function readRemembered(stored: unknown): Remembered {
	const state = asRecord(stored);
	const { openList } = state;
	return {
		at: asText(state["at"]),
		drafts: asList(state["drafts"])
			.map((one) => ({ ...readDraft(one), at: asText(asRecord(one)["at"]) }))
			.slice(-MAX_DRAFTS),
		unsettled: asList(state["unsettled"]).flatMap(readUnsettled).slice(-MAX_UNSETTLED),
		places: asList(state["places"]).flatMap(readPlace).slice(-MAX_PLACES),
		openList: openList === "rooms" || openList === "people" ? openList : "none",
		areOfflineShown: state["areOfflineShown"] === true,
		areMoreShown: state["areMoreShown"] === true,
		areArchivedShown: state["areArchivedShown"] === true,
		isSearchOpen: state["isSearchOpen"] === true,
		searchText: asText(state["searchText"]),
	};
}

function readDraft(stored: unknown): Draft {
	const { text, reply, edit } = asRecord(stored);
	return { text: asText(text), reply: readReply(reply), edit: readEdit(edit) };
}

function readReply(stored: unknown): Reply | undefined {
	const { seq, sender, excerpt } = asRecord(stored);
	return typeof seq === "number"
		? { seq, sender: asText(sender), excerpt: asText(excerpt) }
		: undefined;
}

function readEdit(stored: unknown): Edit | undefined {
	const { seq, text, original } = asRecord(stored);
	return typeof seq === "number"
		? { seq, text: asText(text), original: asText(original) }
		: undefined;
}

function readPlace(stored: unknown): Remembered["places"][number][] {
	const { at, key, top } = asRecord(stored);
	return typeof at === "string" && typeof key === "string" && typeof top === "number"
		? [{ at, key, top }]
		: [];
}

function readUnsettled(stored: unknown): Unsettled[] {
	const { clientId, home, room, text, reply, sinceMs } = asRecord(stored);
	return typeof clientId === "string" &&
		typeof home === "string" &&
		typeof room === "number" &&
		typeof text === "string" &&
		typeof sinceMs === "number"
		? [{ clientId, home, room, text, reply: readReply(reply), sinceMs }]
		: [];
}

function asRecord(value: unknown): Stored {
	return typeof value === "object" && value !== null ? value : {};
}

function asList(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}

function asText(value: unknown): string {
	return typeof value === "string" ? value : "";
}
