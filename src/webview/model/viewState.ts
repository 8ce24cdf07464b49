import type { RoomAddress } from "../../shared/room";
import type { VsCodeApi } from "./host";

/** The message that a reply answers, as the composer shows it. */
export interface Reply {
	readonly seq: number;
	readonly sender: string;
	readonly excerpt: string;
}

/** An own message that is being edited. */
export interface Edit {
	readonly seq: number;
	readonly text: string;
	/** The text before the edit. */
	readonly original: string;
	/** True if the host was sent exactly this text. */
	readonly isPosted?: boolean;
}

/** The content of the composer in one room. */
export interface Draft {
	readonly text: string;
	readonly reply: Reply | undefined;
	/** The edit in the box; `text` waits until it ends. */
	readonly edit: Edit | undefined;
}

export const NO_DRAFT: Draft = { text: "", reply: undefined, edit: undefined };

/** A message that was posted to the host and has no `sendResult` yet. */
export interface Unsettled {
	readonly clientId: string;
	/** The room of the message. */
	readonly target: RoomAddress;
	/** The typed text, with a slash that escapes another one. */
	readonly raw: string;
	readonly text: string;
	readonly reply: Reply | undefined;
	readonly sinceMs: number;
}

/** A reading position: the first visible entry and its distance from the top of the log, in pixels. */
export interface ReadingPlace {
	readonly key: string;
	readonly top: number;
}

/** The state that survives when the view is hidden, moved or reloaded. */
export interface Remembered {
	/** The room that was open last, in the form of `roomKey`; empty before the first one. */
	readonly at: string;
	/** The drafts of the rooms with the latest typed text, the latest one at the end. */
	readonly drafts: readonly (Draft & { readonly at: string })[];
	readonly unsettled: readonly Unsettled[];
	/** The reading positions of rooms that were left above their end, the latest one at the end. */
	readonly places: readonly (ReadingPlace & { readonly at: string })[];
	/** The open list; two would leave no space for the log. */
	readonly openList: "none" | "rooms" | "people";
	readonly areOfflineShown: boolean;
	readonly areMoreShown: boolean;
	readonly areArchivedShown: boolean;
	readonly isSearchOpen: boolean;
	/** The last searched text; it is not searched again by itself. */
	readonly searchText: string;
}

/** The most stored drafts. */
const MAX_DRAFTS = 50;
/** The most stored reading positions. */
const MAX_PLACES = 50;
/** The most stored pending messages; nobody writes as many while a view is open. */
const MAX_UNSETTLED = 200;

type Stored = Partial<Record<string, unknown>>;

/** Returns the key that a room's draft and reading position are stored under. */
export function roomKey({ database, room, createdMicros }: RoomAddress): string {
	return `${database}/${room}${createdMicros === undefined ? "" : `@${createdMicros}`}`;
}

function isEmpty({ text, reply, edit }: Draft): boolean {
	return text === "" && reply === undefined && edit === undefined;
}

/** The drafts, pending messages, reading positions and open lists. Each change is stored at once. */
export class ViewState {
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

	/** Returns the draft of a room. */
	draftAt(at: string): Draft {
		return this.#state.drafts.find((draft) => draft.at === at) ?? NO_DRAFT;
	}

	put(at: string, draft: Draft): void {
		const others = this.#state.drafts.filter((one) => one.at !== at);
		const drafts = isEmpty(draft) ? others : [...others, { ...draft, at }].slice(-MAX_DRAFTS);
		this.update({ drafts });
	}

	/**
	 * Records the room that is open now, and returns its draft. A draft that was written before the
	 * connection had told the room's creation time is this room's too; so is a text that was typed into a
	 * view that had never shown a room.
	 */
	enter(target: RoomAddress): Draft {
		const at = roomKey(target);
		const { database, room } = target;
		const earlier = [...(this.#state.at === "" ? [""] : []), roomKey({ database, room })];
		for (const key of earlier.filter((one) => one !== at)) {
			const draft = this.draftAt(key);
			if (!isEmpty(draft) && isEmpty(this.draftAt(at))) {
				this.put(key, NO_DRAFT);
				this.put(at, draft);
			}
		}
		this.update({ at });
		return this.draftAt(at);
	}

	/** Returns the stored reading position of a room; `undefined` for its end. */
	positionAt(at: string): ReadingPlace | undefined {
		return this.#state.places.find((place) => place.at === at);
	}

	storePosition(at: string, place: ReadingPlace | undefined): void {
		const before = this.positionAt(at);
		if (before?.key !== place?.key || before?.top !== place?.top) {
			const others = this.#state.places.filter((one) => one.at !== at);
			const places = place === undefined ? others : [...others, { ...place, at }];
			this.update({ places: places.slice(-MAX_PLACES) });
		}
	}

	/** The room that was open last, if its reading position is above its end. */
	get reading(): number | undefined {
		const { at } = this.#state;
		const [, room] = /\/(\d+)(?:@\d+)?$/.exec(at) ?? [];
		return room === undefined || this.positionAt(at) === undefined ? undefined : Number(room);
	}

	/** Stores a pending message. */
	add(send: Unsettled): void {
		this.update({ unsettled: [...this.#state.unsettled, send].slice(-MAX_UNSETTLED) });
	}

	/** Removes a pending message and returns it. */
	remove(clientId: string): Unsettled | undefined {
		const send = this.#state.unsettled.find((one) => one.clientId === clientId);
		if (send !== undefined) {
			this.update({ unsettled: this.#state.unsettled.filter((one) => one !== send) });
		}
		return send;
	}
}

/** Returns the valid part of a stored state. Never throws. */
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
	const { seq, text, original, isPosted } = asRecord(stored);
	return typeof seq === "number"
		? { seq, text: asText(text), original: asText(original), isPosted: isPosted === true }
		: undefined;
}

function readPlace(stored: unknown): Remembered["places"][number][] {
	const { at, key, top } = asRecord(stored);
	return typeof at === "string" && typeof key === "string" && typeof top === "number"
		? [{ at, key, top }]
		: [];
}

function readUnsettled(stored: unknown): Unsettled[] {
	const { clientId, target, raw, text, reply, sinceMs } = asRecord(stored);
	const { database, room, createdMicros } = asRecord(target);
	return typeof clientId === "string" &&
		typeof database === "string" &&
		typeof room === "number" &&
		typeof raw === "string" &&
		typeof text === "string" &&
		typeof sinceMs === "number"
		? [
				{
					clientId,
					target: {
						database,
						room,
						...(typeof createdMicros === "number" ? { createdMicros } : {}),
					},
					...{ raw, text, reply: readReply(reply), sinceMs },
				},
			]
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
