import { LOBBY, PAGE_SIZE } from "./moduleConstants";

/** The room that everybody is in, and the only one of a quickstart database. */
export { LOBBY };

/** Returns the page that has the message with this number in its room. */
export function pageOf(seq: number): number {
	return Math.floor(seq / PAGE_SIZE);
}

/** A room that the user may enter. */
export interface Room {
	readonly id: number;
	/** `direct` is a room of direct messages between two people. */
	readonly kind: "public" | "private" | "direct";
	/** The creation time, in microseconds since the epoch; absent for the lobby. */
	readonly createdMicros?: number;
	/** The name without `#`; empty for direct messages, which go by the name of the other person. */
	readonly name: string;
	readonly topic: string;
	readonly isArchived: boolean;
	/** True for a room in the user's list: the lobby, private and direct ones, and joined public ones. */
	readonly isJoined: boolean;
	/** True if the user created the room, and so may rename it, set its topic and archive it. */
	readonly isOwn: boolean;
	/** Identities of all members, with the user; only of private and direct rooms. */
	readonly members: readonly string[];
	/** The number of messages behind the user's read mark, up to a second ago. */
	readonly unread: number;
	/** The user's read mark: the number of the first unread message; absent while there is none. */
	readonly unreadFrom?: number;
	/** The number of unread mentions; in a room of direct messages, of all unread messages. */
	readonly mentions: number;
	/** True for a room without notifications and with a count of mentions only. Stored on this machine. */
	readonly isMuted: boolean;
	/** The latest message, up to a second ago. */
	readonly last?: { readonly sender: string; readonly sentMs: number; readonly excerpt: string };
}

/**
 * Names one room of one database for good. A database that was published again may have another room
 * with the same id: the creation time tells them apart.
 */
export interface RoomAddress {
	/** The key of the database's address; opaque. */
	readonly database: string;
	readonly room: number;
	/** As in `Room`; also absent while no connection has told it. */
	readonly createdMicros?: number | undefined;
}

/** The features of a database, read from its schema. The view hides what a database lacks. */
export interface Features {
	/** Rooms, private and direct messages, read marks and typing. */
	readonly rooms: boolean;
	/** Answering, editing, deleting, reacting. */
	readonly posts: boolean;
	/** Statuses, availability, last seen. */
	readonly statuses: boolean;
	/** Roles, time-outs, bans. */
	readonly moderation: boolean;
}

export const NO_FEATURES: Features = {
	rooms: false,
	posts: false,
	statuses: false,
	moderation: false,
};

export const ALL_FEATURES: Features = {
	rooms: true,
	posts: true,
	statuses: true,
	moderation: true,
};

/** All reactions with one emoji to a message. */
export interface Reaction {
	readonly emoji: string;
	readonly count: number;
	readonly isOwn: boolean;
	/** The first people who reacted, without the user; at most 10 identities. */
	readonly who: readonly string[];
}

/** The message that another one answers. */
export interface Quote {
	/** Its number in the room. */
	readonly seq: number;
	/** Names it in the request `reveal`. */
	readonly hit: string;
	/** Absent while it is not known yet. */
	readonly of?: {
		readonly sender: string;
		/** One line, at most 200 UTF-16 units; empty if it was deleted or removed. */
		readonly excerpt: string;
		readonly isGone: boolean;
	};
}

/** The details of a message that only a rooms database has. */
export interface PostDetail {
	/** Its number in the room, by which requests name it. */
	readonly seq: number;
	/** The time of the last edit, in milliseconds since the epoch. */
	readonly editedMs?: number;
	/** Its text is gone: by its author, or by a moderator. */
	readonly gone?: "deleted" | "removed";
	readonly quote?: Quote;
	readonly reactions: readonly Reaction[];
	/** True if it mentions the user. */
	readonly isForMe: boolean;
}
