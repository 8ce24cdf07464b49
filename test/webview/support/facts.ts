import type { ChatSnapshot, Message, Notice } from "../../../src/shared/chat";
import type { Person } from "../../../src/shared/person";
import { DEFAULT_LIMITS } from "../../../src/shared/chat";
import {
	LOBBY,
	NO_FEATURES,
	type Features,
	type PostDetail,
	type Room,
	type RoomAddress,
} from "../../../src/shared/room";
import type { ToWebview } from "../../../src/shared/protocol";
import { EMPTY_MODEL, reduce, type Model } from "../../../src/webview/model/model";

export const ME = "a".repeat(64);
export const ADA = "b".repeat(64);
export const GRACE = "c".repeat(64);

/** Noon, so that a few minutes more or less stay within a day. */
export const NOON_MS = new Date(2024, 4, 6, 12).getTime();

export const PEOPLE: readonly Person[] = [
	{ identity: ME, name: "Yves", isOnline: true },
	{ identity: ADA, name: "Ada", isOnline: true },
	{ identity: GRACE, name: "Grace", isOnline: false },
];

export function message(key: string, part: Partial<Message> = {}): Message {
	const sender = part.sender ?? ADA;
	return {
		kind: "message",
		key,
		order: Number(key.replace(/\D/gu, "")),
		tie: 0,
		sender,
		isOwn: sender === ME,
		sentMs: NOON_MS,
		text: `text of ${key}`,
		state: { kind: "sent" },
		...part,
	};
}

export function joined(key: string, name: string, what: "joined" | "left" = "joined"): Notice {
	return {
		kind: "notice",
		key,
		order: Number(key.replace(/\D/gu, "")),
		tie: 0,
		atMs: NOON_MS,
		what,
		name,
	};
}

export function room(id: number, name: string, part: Partial<Room> = {}): Room {
	return {
		id,
		kind: "public",
		name,
		topic: "",
		isArchived: false,
		isJoined: true,
		isOwn: false,
		members: [],
		unread: 0,
		mentions: 0,
		isMuted: false,
		...part,
	};
}

/** Returns the details of a message in a rooms database. */
export function post(seq: number, part: Partial<PostDetail> = {}): PostDetail {
	return { seq, reactions: [], isForMe: false, ...part };
}

export const ALL_FEATURES: Features = {
	rooms: true,
	posts: true,
	statuses: true,
	moderation: true,
};

/** The key of the address of the database that the facts are about. */
const DATABASE = "http://localhost:3000/#quickstart-chat";

/** A room of the database that the facts are about, as requests name it. */
export function roomAt(id: number): RoomAddress {
	return { database: DATABASE, room: id };
}

export function chat(part: Partial<ChatSnapshot> = {}): ChatSnapshot {
	return {
		seq: 1,
		address: { server: "localhost:3000", database: "quickstart-chat" },
		openRoom: roomAt(LOBBY),
		rooms: [room(LOBBY, "lobby")],
		features: NO_FEATURES,
		typing: [],
		sharesTyping: true,
		connection: { kind: "online", attempt: 0, identity: ME },
		me: ME,
		people: PEOPLE,
		hasBacklog: true,
		entries: [],
		edges: { older: "none", newer: "none" },
		limits: DEFAULT_LIMITS,
		canStartServer: true,
		...part,
	};
}

/** Returns the model after a snapshot and more events; a resync fails the test. */
export function modelOf(part: Partial<ChatSnapshot> = {}, ...events: readonly ToWebview[]): Model {
	return [{ type: "snapshot" as const, chat: chat(part) }, ...events].reduce((model, event) => {
		const reduction = reduce(model, event);
		if (reduction.kind === "resync") {
			throw new Error("unexpected gap");
		}
		return reduction.kind === "redraw" ? reduction.model : model;
	}, EMPTY_MODEL);
}
