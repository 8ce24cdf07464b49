import {
	MAX_VIEW_ENTRIES,
	DEFAULT_LIMITS,
	type ChatSnapshot,
	type Edges,
	type Entry,
	type Message,
} from "../../shared/chat";
import type { ConnectionState, TroubleCode } from "../../shared/connectionState";
import type { Person, OwnSanction } from "../../shared/person";
import type { ToWebview } from "../../shared/protocol";
import { LOBBY, NO_FEATURES, type Features, type Room } from "../../shared/room";
import { applyChange, troubleAfter } from "./applyChange";
import { sortEntries } from "./sortedEntries";

/** An own message that is shown before the host has it. */
export interface Echo {
	readonly clientId: string;
	readonly room: number;
	readonly text: string;
	readonly replyTo: number | undefined;
	readonly sinceMs: number;
	/** The host holds it, but the entry that replaces the echo has not come yet. */
	readonly isAccepted: boolean;
}

/** Everything that is drawn. */
export interface Model {
	/** False until the first snapshot. */
	readonly isLoaded: boolean;
	readonly seq: number;
	readonly place: ChatSnapshot["place"];
	readonly roomId: number;
	readonly rooms: ReadonlyMap<number, Room>;
	readonly features: Features;
	readonly typing: readonly string[];
	readonly ownSanction: OwnSanction | undefined;
	readonly sharesTyping: boolean;
	readonly connection: ConnectionState;
	/** What was wrong when the connection was last tried; gone once it is up, or not wanted. */
	readonly trouble: TroubleCode | undefined;
	readonly me: string | undefined;
	readonly people: ReadonlyMap<string, Person>;
	/** A window of the log, at most `MAX_VIEW_ENTRIES`, sorted as `compareEntries` says. */
	readonly entries: readonly Entry[];
	/** Whether what was said in the room before is among them; else it is still to come. */
	readonly hasBacklog: boolean;
	/** What lies beyond the ends of that window. */
	readonly edges: Edges;
	/** The number of the first message that was unread when the room was entered. */
	readonly firstUnread: number | undefined;
	readonly echoes: readonly Echo[];
	readonly limits: ChatSnapshot["limits"];
	readonly canStartServer: boolean;
}

export const EMPTY_MODEL: Model = {
	isLoaded: false,
	seq: 0,
	place: { server: "", database: "" },
	roomId: LOBBY,
	rooms: new Map(),
	features: NO_FEATURES,
	typing: [],
	ownSanction: undefined,
	sharesTyping: false,
	connection: { kind: "connecting", attempt: 1 },
	trouble: undefined,
	me: undefined,
	people: new Map(),
	entries: [],
	hasBacklog: false,
	edges: { older: "none", newer: "none" },
	firstUnread: undefined,
	echoes: [],
	limits: DEFAULT_LIMITS,
	canStartServer: false,
};

/** `resync`: a change was missed, and only a new snapshot helps. */
export type Reduction =
	| { readonly kind: "same" }
	| { readonly kind: "resync" }
	| { readonly kind: "redraw"; readonly model: Model };

const SAME: Reduction = { kind: "same" };

/** The model after a fact. Facts that are about focus or the people list leave it as it is. */
export function reduce(model: Model, fact: ToWebview): Reduction {
	switch (fact.type) {
		case "snapshot":
			return { kind: "redraw", model: fromSnapshot(model, fact.chat) };
		case "changes":
			// Before the first snapshot there is nothing to change, and an old number is a repetition.
			if (!model.isLoaded || fact.seq <= model.seq) {
				return SAME;
			}
			return fact.seq === model.seq + 1
				? {
						kind: "redraw",
						model: trim(fact.changes.reduce(applyChange, { ...model, seq: fact.seq })),
					}
				: { kind: "resync" };
		case "sendResult":
			return { kind: "redraw", model: settle(model, fact.clientId, fact.outcome.kind) };
		case "reveal":
		case "searched":
		case "focusSearch":
		case "focusComposer":
		case "togglePeople":
			return SAME;
	}
}

/** The model with an own message at its end that the host has not seen yet. */
export function addEcho(model: Model, echo: Echo): Model {
	return { ...model, echoes: [...model.echoes, echo] };
}

/** What is drawn: the entries with the room's echoes behind them, the newest `MAX_VIEW_ENTRIES`. */
export function shownEntries({ entries, echoes, me, roomId }: Model): readonly Entry[] {
	const own = echoes.filter(({ room }) => room === roomId);
	return own.length === 0
		? entries
		: [...entries, ...own.map((echo) => toMessage(echo, me))].slice(-MAX_VIEW_ENTRIES);
}

/** Whether the window ends with what was said last. */
export function isAtLatest({ edges }: Model): boolean {
	return edges.newer === "none";
}

/** The room that is open. */
export function openRoom({ rooms, roomId }: Model): Room | undefined {
	return rooms.get(roomId);
}

/** Whether two models show the same room of the same database. */
export function isSameRoom(a: Model, b: Model): boolean {
	return (
		a.roomId === b.roomId &&
		a.place.server === b.place.server &&
		a.place.database === b.place.database
	);
}

/** The highest number that a message in the window has. */
export function newestSeq({ entries }: Pick<Model, "entries">): number | undefined {
	let newest: number | undefined;
	for (const entry of entries) {
		if (entry.kind === "message" && entry.post !== undefined && entry.post.seq >= (newest ?? 0)) {
			newest = entry.post.seq;
		}
	}
	return newest;
}

const messages = new WeakMap<Echo, Message>();

/** The same message for the same echo, so that what is drawn from it can be kept. */
function toMessage(echo: Echo, me = ""): Message {
	const known = messages.get(echo);
	if (known?.sender === me) {
		return known;
	}
	const message: Message = {
		kind: "message",
		key: echo.clientId,
		order: Number.MAX_SAFE_INTEGER,
		tie: 0,
		sender: me,
		isOwn: true,
		sentMs: echo.sinceMs,
		text: echo.text,
		state: { kind: "pending", sinceMs: echo.sinceMs, waitsFor: "ack" },
		...(echo.replyTo === undefined ? {} : { replyTo: echo.replyTo }),
	};
	messages.set(echo, message);
	return message;
}

function fromSnapshot(model: Model, chat: ChatSnapshot): Model {
	const keys = new Set(chat.entries.map((entry) => entry.key));
	const next: Model = {
		isLoaded: true,
		seq: chat.seq,
		place: chat.place,
		roomId: chat.roomId,
		rooms: new Map(chat.rooms.map((room) => [room.id, room])),
		features: chat.features,
		typing: chat.typing,
		ownSanction: chat.ownSanction,
		sharesTyping: chat.sharesTyping,
		connection: chat.connection,
		trouble: troubleAfter(model.trouble, chat.connection),
		me: chat.me,
		people: new Map(chat.people.map((person) => [person.identity, person])),
		entries: sortEntries(chat.entries).slice(-MAX_VIEW_ENTRIES),
		hasBacklog: chat.hasBacklog,
		edges: chat.edges,
		firstUnread: model.firstUnread,
		// An accepted send is in its room's snapshot under its key, or was discarded since.
		echoes: model.echoes.filter((echo) => !echo.isAccepted && !keys.has(echo.clientId)),
		limits: chat.limits,
		canStartServer: chat.canStartServer,
	};
	const isEntered = !model.hasBacklog || !isSameRoom(model, next);
	return isEntered ? { ...next, firstUnread: firstUnreadOf(next) } : next;
}

/** By the mark and not by the count of unread messages, which may be a second old. */
function firstUnreadOf(model: Model): number | undefined {
	const unreadFrom = openRoom(model)?.unreadFrom;
	const newest = newestSeq(model) ?? -1;
	return unreadFrom === undefined || newest < unreadFrom || !isAtLatest(model)
		? undefined
		: unreadFrom;
}

/** The host never holds more than a window; the newest stay, should it tell of more. */
function trim(model: Model): Model {
	return model.entries.length > MAX_VIEW_ENTRIES
		? { ...model, entries: model.entries.slice(-MAX_VIEW_ENTRIES) }
		: model;
}

function settle(model: Model, clientId: string, outcome: "accepted" | "refused"): Model {
	const hasEntry = model.entries.some((entry) => entry.key === clientId);
	return {
		...model,
		echoes: model.echoes.flatMap((echo) => {
			if (echo.clientId !== clientId) {
				return [echo];
			}
			// The entry of a message to another room comes with that room.
			const isDone = outcome === "refused" || hasEntry || echo.room !== model.roomId;
			return isDone ? [] : [{ ...echo, isAccepted: true }];
		}),
	};
}
