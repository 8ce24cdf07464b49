import { DEFAULT_MESSAGE_LENGTH, DEFAULT_NAME_LENGTH } from "./moduleConstants";
import type { ConnectionState } from "./connectionState";
import type { Person, OwnSanction } from "./person";
import type { Features, PostDetail, Room, RoomAddress } from "./room";

/** The state of a message. Only own messages are ever anything but `sent`. */
export type SendState =
	| { readonly kind: "sent" }
	| { readonly kind: "pending"; readonly sinceMs: number; readonly waitsFor: "connection" | "ack" }
	/** The server refused it, or the host gave up; `reason` is a sentence. */
	| { readonly kind: "failed"; readonly reason: string }
	/** The connection was cut, and the server may have it or not. */
	| { readonly kind: "unknown" };

/**
 * The position of an entry in the log: by `order`, then `tie`, then `key`. `order` is the message's number
 * in its room; in a quickstart database, microseconds since the epoch on the server's clock. It is clamped
 * to safe integers. Own pending messages are at the end.
 */
export interface SortKey {
	readonly key: string;
	readonly order: number;
	readonly tie: number;
}

export interface Message extends SortKey {
	readonly kind: "message";
	/** 64 hex digits. A sender without a `Person` is "unknown". */
	readonly sender: string;
	readonly isOwn: boolean;
	/** Milliseconds since the epoch; may lie outside what `Date` can show. */
	readonly sentMs: number;
	readonly text: string;
	readonly state: SendState;
	/** Absent in a quickstart database, and while the message is pending. */
	readonly post?: PostDetail;
	/** The number of the message that a pending one answers. */
	readonly replyTo?: number;
}

export type Notice = SortKey & {
	readonly kind: "notice";
	readonly atMs: number;
} & (
		| { readonly what: "joined" | "left"; readonly name: string }
		| { readonly what: "renamed"; readonly from: string; readonly to: string }
		| {
				readonly what: "sentence";
				readonly tone: "quiet" | "problem";
				/** Localised, plain text. */
				readonly sentence: string;
				readonly action?: "setName";
		  }
	);

export type Entry = Message | Notice;

/**
 * The entries beyond one end of the view range. `more`: the view can request them. `loading`: it has
 * requested them. `none`: that end is the beginning of the room, or the latest message.
 */
export type Edge = "more" | "loading" | "none";

export interface Edges {
	readonly older: Edge;
	readonly newer: Edge;
}

/** A message that was found. It need not be among the view's entries. */
export interface Hit {
	/** Names the message in the request `reveal`. Opaque, at most 200 characters. */
	readonly key: string;
	readonly sender: string;
	readonly sentMs: number;
	/** The part of the message around what was found, one line, at most 200 UTF-16 units. */
	readonly excerpt: string;
}

/**
 * The searched part of the room. `loaded`: only the loaded messages, since this database can't search.
 * `catchingUp`: the database has not indexed all earlier messages yet.
 */
export type SearchScope = "room" | "catchingUp" | "loaded";

/** The result of a search. */
export type SearchResult =
	| {
			readonly kind: "found";
			/** Newest first. */
			readonly hits: readonly Hit[];
			/** There are older ones; `searchOlder` adds them. */
			readonly hasOlder: boolean;
			readonly scope: SearchScope;
			/**
			 * The start of the searched part, in milliseconds since the epoch; absent once all of `scope` is
			 * searched.
			 */
			readonly searchedBackToMs?: number;
	  }
	| { readonly kind: "failed"; readonly sentence: string };

/** Lengths in Unicode scalar values. */
export interface TextLimits {
	readonly messageLength: number;
	readonly nameLength: number;
}

/** The limits of a quickstart database, and of a rooms database until it sends its own. */
export const DEFAULT_LIMITS: TextLimits = {
	messageLength: DEFAULT_MESSAGE_LENGTH,
	nameLength: DEFAULT_NAME_LENGTH,
};

/** Everything the view needs to draw itself from nothing. */
export interface ChatSnapshot {
	/** The number of the snapshot: one more than that of the last post. */
	readonly seq: number;
	/** `server` is the host and port as a person would write it. */
	readonly address: { readonly server: string; readonly database: string };
	/** The room whose entries these are; requests for it name it so. */
	readonly openRoom: RoomAddress;
	/** All rooms that the user may enter; in a quickstart database only the lobby. */
	readonly rooms: readonly Room[];
	readonly features: Features;
	/** Identities of the people who are typing in this room. */
	readonly typing: readonly string[];
	/** The sanction that keeps the user from sending; absent while there is none. */
	readonly ownSanction?: OwnSanction;
	readonly connection: ConnectionState;
	/** The own identity; absent until the first connection told it. */
	readonly me?: string;
	readonly people: readonly Person[];
	/** True once `entries` has the earlier messages of the room. */
	readonly hasBacklog: boolean;
	/** The view range, at most `MAX_VIEW_ENTRIES`. */
	readonly entries: readonly Entry[];
	readonly edges: Edges;
	readonly limits: TextLimits;
	/** True where Start Local Server can work, which is not in a remote window. */
	readonly canStartServer: boolean;
	/** True if others may see that the user is typing. */
	readonly sharesTyping: boolean;
}

/** Entries that a view has at most, so that what it draws does not grow with the history. */
export const MAX_VIEW_ENTRIES = 400;

export type ChatChange =
	| {
			readonly type: "entriesChanged";
			readonly upserts: readonly Entry[];
			readonly removed: readonly string[];
	  }
	| { readonly type: "edgesChanged"; readonly edges: Edges }
	| {
			readonly type: "roomsChanged";
			readonly upserts: readonly Room[];
			readonly removed: readonly number[];
	  }
	| { readonly type: "typingChanged"; readonly typing: readonly string[] }
	| { readonly type: "ownSanctionChanged"; readonly ownSanction?: OwnSanction }
	/**
	 * New messages outside the view range: below a view that is not at the latest, or already past in a
	 * flood. `messages` has those for the user and the newest; `others` counts the rest.
	 */
	| {
			readonly type: "arrivedBelow";
			readonly messages: readonly Message[];
			readonly others: number;
	  }
	| {
			readonly type: "peopleChanged";
			readonly upserts: readonly Person[];
			readonly removed: readonly string[];
	  }
	| {
			readonly type: "connectionChanged";
			readonly connection: ConnectionState;
			readonly me?: string;
	  };

export function compareEntries(a: SortKey, b: SortKey): number {
	return a.order - b.order || a.tie - b.tie || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
}

/** Returns the senders of these entries, each once. */
export function sendersOf(entries: readonly Entry[]): Set<string> {
	return new Set(entries.flatMap((entry) => (entry.kind === "message" ? [entry.sender] : [])));
}
