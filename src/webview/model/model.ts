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
import { NO_FEATURES, type Features, type Room, type RoomAddress } from "../../shared/room";
import { roomKey } from "./viewState";
import { applyChange, troubleAfter } from "./applyChange";
import { sortEntries } from "./sortedEntries";

/** An own message in the log that the host has not accepted yet. */
export interface Echo {
	readonly clientId: string;
	readonly room: number;
	readonly text: string;
	readonly replyTo: number | undefined;
	readonly sinceMs: number;
	/** True once the host has accepted the message, until its entry replaces the echo. */
	readonly isAccepted: boolean;
}

/** The data that the panel draws. */
export interface Model {
	/** False until the first snapshot. */
	readonly isLoaded: boolean;
	readonly seq: number;
	readonly address: ChatSnapshot["address"];
	/** The open room, as requests name it; no room before the first snapshot. */
	readonly target: RoomAddress;
	readonly roomId: number;
	readonly rooms: ReadonlyMap<number, Room>;
	readonly features: Features;
	readonly typing: readonly string[];
	readonly ownSanction: OwnSanction | undefined;
	readonly sharesTyping: boolean;
	readonly connection: ConnectionState;
	/** The trouble of the last connection attempt; `undefined` once it is up, or disconnected on purpose. */
	readonly trouble: TroubleCode | undefined;
	readonly me: string | undefined;
	readonly people: ReadonlyMap<string, Person>;
	/** The entries of the view range, at most `MAX_VIEW_ENTRIES`, sorted as `compareEntries` says. */
	readonly entries: readonly Entry[];
	/** True once the earlier messages of the room are loaded. */
	readonly hasBacklog: boolean;
	/** The state of both ends of the view range. */
	readonly edges: Edges;
	/** The number of the first message that was unread when the room was entered. */
	readonly firstUnread: number | undefined;
	readonly echoes: readonly Echo[];
	readonly limits: ChatSnapshot["limits"];
	readonly canStartServer: boolean;
}

/** The host accepts no request for it. */
const NO_TARGET: RoomAddress = { database: "", room: 0 };

export const EMPTY_MODEL: Model = {
	isLoaded: false,
	seq: 0,
	address: { server: "", database: "" },
	target: NO_TARGET,
	roomId: NO_TARGET.room,
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

/** The effect of an event. `resync`: a change was missed, so the view needs a new snapshot. */
export type Reduction =
	| { readonly kind: "same" }
	| { readonly kind: "resync" }
	| { readonly kind: "redraw"; readonly model: Model };

const SAME: Reduction = { kind: "same" };

/** Returns the model after an event. Events about focus or lists do not change it. */
export function reduce(model: Model, event: ToWebview): Reduction {
	switch (event.type) {
		case "snapshot":
			return { kind: "redraw", model: fromSnapshot(model, event.chat) };
		case "changes":
			// Changes before the first snapshot, or with an old number, have no effect.
			if (!model.isLoaded || event.seq <= model.seq) {
				return SAME;
			}
			return event.seq === model.seq + 1
				? {
						kind: "redraw",
						model: trim(event.changes.reduce(applyChange, { ...model, seq: event.seq })),
					}
				: { kind: "resync" };
		case "sendResult":
			return { kind: "redraw", model: applySendResult(model, event.clientId, event.outcome.kind) };
		case "reveal":
		case "searched":
		case "focusSearch":
		case "focusComposer":
		case "togglePeople":
			return SAME;
	}
}

/** Adds an own message that the host has not accepted yet. */
export function addEcho(model: Model, echo: Echo): Model {
	return { ...model, echoes: [...model.echoes, echo] };
}

/** Returns the entries to draw: those of the view range and the echoes, at most `MAX_VIEW_ENTRIES`. */
export function shownEntries({ entries, echoes, me, roomId }: Model): readonly Entry[] {
	const own = echoes.filter(({ room }) => room === roomId);
	return own.length === 0
		? entries
		: [...entries, ...own.map((echo) => toMessage(echo, me))].slice(-MAX_VIEW_ENTRIES);
}

/** Returns true if the view range ends with the latest message. */
export function isAtLatest({ edges }: Model): boolean {
	return edges.newer === "none";
}

/** Returns the open room. */
export function openRoom({ rooms, roomId }: Model): Room | undefined {
	return rooms.get(roomId);
}

/** Returns the address of the room with this id in the model's database. */
export function targetFor({ target, rooms }: Model, room: number): RoomAddress {
	if (room === target.room) {
		return target;
	}
	const createdMicros = rooms.get(room)?.createdMicros;
	return {
		database: target.database,
		room,
		...(createdMicros === undefined ? {} : { createdMicros }),
	};
}

/** Returns true if two models show the same room of the same database. */
export function isSameRoom(a: Model, b: Model): boolean {
	return roomKey(a.target) === roomKey(b.target);
}

/** Returns the highest number of a message in the view range. */
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

/** Returns the message for an echo, always the same object, so that its rendering can be reused. */
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
		address: chat.address,
		target: chat.openRoom,
		roomId: chat.openRoom.room,
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
		// The snapshot of its room contains an accepted message under its key, unless it was discarded.
		echoes: model.echoes.filter((echo) => !echo.isAccepted && !keys.has(echo.clientId)),
		limits: chat.limits,
		canStartServer: chat.canStartServer,
	};
	const isEntered = !model.hasBacklog || !isSameRoom(model, next);
	return isEntered ? { ...next, firstUnread: firstUnreadOf(next) } : next;
}

/** Uses the read mark and not the count of unread messages, which may be a second old. */
function firstUnreadOf(model: Model): number | undefined {
	const unreadFrom = openRoom(model)?.unreadFrom;
	const newest = newestSeq(model) ?? -1;
	return unreadFrom === undefined || newest < unreadFrom || !isAtLatest(model)
		? undefined
		: unreadFrom;
}

/** Keeps the newest entries, should the host ever send too many. */
function trim(model: Model): Model {
	return model.entries.length > MAX_VIEW_ENTRIES
		? { ...model, entries: model.entries.slice(-MAX_VIEW_ENTRIES) }
		: model;
}

function applySendResult(model: Model, clientId: string, outcome: "accepted" | "refused"): Model {
	const hasEntry = model.entries.some((entry) => entry.key === clientId);
	return {
		...model,
		echoes: model.echoes.flatMap((echo) => {
			if (echo.clientId !== clientId) {
				return [echo];
			}
			// The snapshot of another room brings the entries of that room.
			const isDone = outcome === "refused" || hasEntry || echo.room !== model.roomId;
			return isDone ? [] : [{ ...echo, isAccepted: true }];
		}),
	};
}
