import { LOBBY, PAGE_SIZE } from "./moduleConstants";

/** The room that everybody is in, and the only one of a quickstart database. */
export { LOBBY };

/** Returns the page that has the message with this number in its room. */
export function pageOf(seq: number): number {
	return Math.floor(seq / PAGE_SIZE);
}

/** A room that one may be in. */
export interface Room {
	readonly id: number;
	/** `direct` is a conversation of two. */
	readonly kind: "public" | "private" | "direct";
	/** When it was created, in microseconds since the epoch; absent for the lobby. */
	readonly createdMicros?: number;
	/** Without `#`; empty for a direct conversation, which goes by the other's name. */
	readonly name: string;
	readonly topic: string;
	readonly isArchived: boolean;
	/** In one's list: the lobby, private and direct ones, and public ones that one has joined. */
	readonly isJoined: boolean;
	/** Whether it was made by oneself; may be renamed, given a topic and archived then. */
	readonly isOwn: boolean;
	/** Identities, oneself included; only of private and direct rooms. */
	readonly members: readonly string[];
	/** Messages behind the own mark, up to a second ago. */
	readonly unread: number;
	/** The own mark: the number of the first message that was not read; absent while one has none. */
	readonly unreadFrom?: number;
	/** Among them those that name one, or answer one; in a direct conversation all of them. */
	readonly mentions: number;
	/** No notifications, and no count but of mentions. Kept on this machine. */
	readonly isMuted: boolean;
	/** What was said last, up to a second ago. */
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

/** What a database can do, read from its schema. What it can't do is not shown. */
export interface Features {
	/** Rooms, private talk, read marks and who is typing. */
	readonly rooms: boolean;
	/** Answering, editing, deleting, reacting. */
	readonly posts: boolean;
	/** Statuses, availability, last seen. */
	readonly statuses: boolean;
	/** Ranks, time-outs, bans. */
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

/** Somebody's reactions of one kind to a message. */
export interface Reaction {
	readonly emoji: string;
	readonly count: number;
	readonly isOwn: boolean;
	/** The first of those who reacted, oneself not among them; at most 10 identities. */
	readonly who: readonly string[];
}

/** The message that another one answers. */
export interface Quote {
	/** Its number in the room. */
	readonly seq: number;
	/** Says it to `reveal`. */
	readonly hit: string;
	/** Absent while it is not known yet. */
	readonly of?: {
		readonly sender: string;
		/** One line, at most 200 UTF-16 units; empty if it was deleted or removed. */
		readonly excerpt: string;
		readonly isGone: boolean;
	};
}

/** What else a database with ids knows of a message. */
export interface PostDetail {
	/** Its number in the room, by which wishes name it. */
	readonly seq: number;
	/** When it was last edited, in milliseconds since the epoch. */
	readonly editedMs?: number;
	/** Its text is gone: by its author, or by a moderator. */
	readonly gone?: "deleted" | "removed";
	readonly quote?: Quote;
	readonly reactions: readonly Reaction[];
	/** It names oneself, or answers one. */
	readonly isForMe: boolean;
}
