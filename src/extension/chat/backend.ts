import type { TextLimits } from "../../shared/chat";
import type { Availability, Person, Role, Sanction, OwnSanction } from "../../shared/person";
import type { Room } from "../../shared/room";

/** A message as the database has it. */
export interface MessageRow {
	/** The permanent id of the row. At most 200 characters. */
	readonly key: string;
	/** The page that it is loaded and let go with. */
	readonly page: number;
	readonly sender: string;
	/** Its place in the log: its number in the room, or where there are none, `sentMicros`. */
	readonly order: number;
	/** The server's clock, microseconds since the epoch. */
	readonly sentMicros: number;
	readonly text: string;
	/** The id that its sender gave it, where the database keeps one. */
	readonly clientId?: string;
	/** The fields that only a rooms database has. */
	readonly post?: PostFields;
}

/** The fields of a message in a rooms database, beside its text. */
export interface PostFields {
	/** Its number in the room. */
	readonly seq: number;
	readonly editedMicros?: number;
	/** Its text is gone: by its author, or by a moderator. */
	readonly gone?: "deleted" | "removed";
	/** The number of the post that it answers. */
	readonly replyTo?: number;
	readonly reactions: readonly PostReaction[];
}

export interface PostReaction {
	readonly emoji: string;
	readonly who: string;
}

/** The rows of all subscriptions at one moment. */
export interface BackendSnapshot extends RoomSnapshot {
	readonly people: readonly Person[];
}

/** A room as it is entered. */
export interface RoomSnapshot {
	readonly roomId: number;
	/** The messages of the window's pages. */
	readonly messages: readonly MessageRow[];
	readonly window: PageRange;
}

/** Consecutive pages whose messages are loaded. */
export interface PageRange {
	/** Oldest first. */
	readonly pages: readonly number[];
	/** True where the room has older messages than those of the first page. */
	readonly hasOlder: boolean;
	/** True where the last page is the newest: the next message comes behind it. */
	readonly isLive: boolean;
}

/** The room and the position to open. */
export interface OpenRequest {
	/** The room to open; the lobby if one may not enter it any more. */
	readonly room: number;
	/** The range that was loaded before the connection was cut, to restore the reader's position. */
	readonly before: PageRange | undefined;
	/** True while the reader follows the latest messages, at the end of the range. */
	readonly isAtLatest: boolean;
	/** The most pages to open. */
	readonly maxPages: number;
	/** The window should reach back to here, in milliseconds since the epoch, where it goes by time. */
	readonly sinceMs: number | undefined;
}

/**
 * Reads what is here now; from then on what happens is told. To be called where the result is applied, with
 * nothing awaited between: what happened there would be in neither.
 */
export type ReadNow<T> = () => T;

/** The result of a reducer call. */
export type CallResult =
	/** Committed; `atMicros` is the transaction's time, which is the `sent` of a message it inserted. */
	| { readonly kind: "committed"; readonly atMicros: number }
	/** The module refused it; the reason is the module's own text. */
	| { readonly kind: "refused"; readonly reason: string }
	/** No answer: time-out, or the link was cut. Whether it was committed is unknown. */
	| { readonly kind: "noAnswer"; readonly why: "timeout" | "cut" };

/** The events of the database after the snapshot, in the order of its transactions. */
export interface BackendEvents {
	personChanged(person: Person, before: Person | undefined): void;
	personGone(identity: string): void;
	/** The room began new pages. `pages`: those behind the former newest page, in order. */
	pagesBegun(pages: readonly number[]): void;
	/** Also for rows that came late, with a page that was begun after them. */
	messageArrived(row: MessageRow): void;
	/** The text or another field of the message has changed. */
	messageChanged(row: MessageRow): void;
	messageGone(key: string): void;
	/** Rooms, read marks, mentions, typing or the own sanction have changed; re-read `RoomsApi`. */
	roomsChanged(): void;
	/** Somebody just mentioned the user, or sent the user a direct message. */
	mentioned(mention: MentionRow): void;
}

/** A message that mentions the user or was sent to the user alone. */
export interface MentionRow {
	readonly room: number;
	readonly sender: string;
	/** One line. */
	readonly excerpt: string;
}

/** A room as the database has it; what is kept on this machine is added by others. */
export type RoomRow = Omit<Room, "isMuted">;

/** The functions of a rooms database beside messages. */
export interface RoomsApi {
	rooms(): readonly RoomRow[];
	/** A room that the user may enter, with its creation time as `Room` has it. */
	room(id: number): Pick<RoomRow, "id" | "createdMicros"> | undefined;
	/** Identities of the people who are typing in a room, without the user. */
	typing(room: number): readonly string[];
	/** The sanction that keeps the user from sending. */
	ownSanction(): OwnSanction | undefined;
	/** Does something; `onResult` is called exactly once. */
	call(reducerCall: ReducerCall, onResult: (result: CallResult) => void): void;
	/** The sender and text of a message of the open room; `undefined` if there is none. */
	quoted(seq: number): Promise<QuotedRow | undefined>;
	/** The acts of moderators, the newest first; empty for a member. Rejects when there is no answer. */
	moderationLog(): Promise<readonly ModerationRow[]>;
	/** The earlier texts of a message, the oldest first. Rejects when there is no answer. */
	versions(room: number, seq: number): Promise<readonly { text: string; atMs: number }[]>;
}

/** An act of a moderator. Persons are identities. */
export interface ModerationRow {
	readonly atMs: number;
	readonly by: string;
	/** The module's word for it, such as `ban`. */
	readonly action: string;
	readonly person: string;
	readonly detail: string;
}

export interface QuotedRow {
	readonly sender: string;
	readonly text: string;
	readonly isGone: boolean;
}

/** A call of a reducer of a rooms database, by the reducer's name. Persons are identities. */
export type ReducerCall =
	| {
			readonly type: "createRoom";
			readonly name: string;
			readonly topic: string;
			readonly isPrivate: boolean;
			/** UUID: the same twice makes one room. */
			readonly clientId: string;
	  }
	| { readonly type: "renameRoom"; readonly room: number; readonly name: string }
	| { readonly type: "setTopic"; readonly room: number; readonly topic: string }
	| { readonly type: "archiveRoom"; readonly room: number; readonly isArchived: boolean }
	| { readonly type: "joinRoom" | "leaveRoom" | "startTyping"; readonly room: number }
	| {
			readonly type: "invite" | "removeMember";
			readonly room: number;
			readonly person: string;
	  }
	| { readonly type: "openDirect"; readonly person: string }
	| {
			readonly type: "editPost";
			readonly room: number;
			readonly seq: number;
			readonly text: string;
	  }
	| {
			readonly type: "deletePost" | "removePost" | "markRead";
			readonly room: number;
			readonly seq: number;
	  }
	| {
			readonly type: "react";
			readonly room: number;
			readonly seq: number;
			readonly emoji: string;
			readonly isOn: boolean;
	  }
	| {
			readonly type: "setStatus";
			readonly text: string;
			readonly emoji: string;
			/** Milliseconds since the epoch; absent: until it is changed. */
			readonly untilMs?: number;
	  }
	| { readonly type: "setAvailability"; readonly availability: Availability }
	/** `undefined` makes a member. */
	| { readonly type: "setRole"; readonly person: string; readonly role: Role | undefined }
	| {
			readonly type: "timeOut";
			readonly person: string;
			readonly seconds: number;
			readonly reason: string;
	  }
	| { readonly type: "ban"; readonly person: string; readonly reason: string }
	| {
			readonly type: "lift";
			readonly person: string;
			readonly kind: Sanction["kind"];
			readonly reason: string;
	  };

/** A message to be sent. */
export interface Outgoing {
	/** UUID; a database without ids ignores it. */
	readonly clientId: string;
	readonly room: number;
	readonly text: string;
	/** The number of the message that it answers. */
	readonly replyTo?: number;
}

/**
 * The promise of a database for one message. `exactlyOnce` recognises a repeat by its id. `atMostOnce`, a
 * quickstart database, has no ids: a message of unknown fate is sent again only if the user asks.
 */
export type Guarantee = "exactlyOnce" | "atMostOnce";

/**
 * History by pages, whose numbers grow with time. A page is loaded and let go as a whole, so that the
 * cost of looking at some does not grow with how many there are.
 */
export interface Pages {
	/** The page before or after one; `undefined` at the room's beginning, or behind the newest. */
	olderThan(page: number): Promise<number | undefined>;
	newerThan(page: number): Promise<number | undefined>;
	/** The page with what was said then, in milliseconds since the epoch, or else soon after. */
	pageAt(sentMs: number): Promise<number>;
	/** The newest page, where the next message is going to be. */
	readonly head: number;
	/** Loads a page and keeps it; resolves once its rows are here. `false`: cut or evicted before. */
	load(page: number): Promise<boolean>;
	/** The rows of some pages that are here now. To be asked for where they are shown, as `ReadNow` says. */
	rowsOf(pages: readonly number[]): readonly MessageRow[];
	/** Evicts all pages but these and those for the next messages. */
	keep(pages: readonly number[]): void;
	/** The rows of a page, read once and not held. Rejects when there is no answer. */
	read(page: number): Promise<readonly MessageRow[]>;
}

/** A message that a search found. */
export interface FoundMessage {
	readonly page: number;
	readonly order: number;
	readonly sender: string;
	readonly sentMicros: number;
	/** One line around what was found, at most 200 characters. */
	readonly excerpt: string;
}

/** The answer to a search. */
export type SearchAnswer =
	| {
			readonly kind: "found";
			/** Newest first. */
			readonly found: readonly FoundMessage[];
			/** Where to go on for those before; opaque. */
			readonly olderThan: number | undefined;
			/** The start of the searched part, in microseconds since the epoch; absent for the whole room. */
			readonly searchedBackToMicros?: number | undefined;
			/** The database is still reading what was said before it could search: some may be missing. */
			readonly isCatchingUp: boolean;
	  }
	/** The module refused the search; the reason is in its own words. */
	| { readonly kind: "refused"; readonly reason: string }
	/** The database gave no answer; the reason is a sentence. */
	| { readonly kind: "failed"; readonly reason: string };

/** The functions of one kind of chat database, over one live connection. */
export interface Backend {
	readonly guarantee: Guarantee;
	readonly limits: TextLimits;
	readonly pages: Pages;
	/** `onResult` is called exactly once, for a commit before the events of the rows it brought. */
	setName(name: string, onResult: (result: CallResult) => void): void;
	/** As `setName`. */
	sendMessage(message: Outgoing, onResult: (result: CallResult) => void): void;
	/** Absent where there is one room and nothing of what came with rooms. */
	readonly roomsApi?: RoomsApi | undefined;
	/** Opens another room; `undefined` if the link is cut before its messages are here. */
	enter(wish: OpenRequest): Promise<ReadNow<RoomSnapshot> | undefined>;
	/**
	 * Searches the whole open room; absent where the database cannot. Calls `onResult` once.
	 *
	 * @param olderThan only messages before this order, as the previous answer has it
	 */
	readonly search?:
		| ((
				text: string,
				olderThan: number | undefined,
				onResult: (answer: SearchAnswer) => void,
		  ) => void)
		| undefined;
	/** True for a private room, which no index has: the chat searches its pages itself. */
	readonly isSearchedByPages: boolean;
	/** The link is gone: every open call ends with `noAnswer`. */
	cut(): void;
}
