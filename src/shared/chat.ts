import { DEFAULT_MESSAGE_LENGTH, DEFAULT_NAME_LENGTH } from "./moduleConstants";
import type { ConnectionState } from "./connectionState";
import type { Person, OwnSanction } from "./person";
import type { Features, PostDetail, Room, RoomAddress } from "./room";

/** What became of a message. Only own messages are ever anything but `sent`. */
export type SendState =
	| { readonly kind: "sent" }
	| { readonly kind: "pending"; readonly sinceMs: number; readonly waitsFor: "connection" | "ack" }
	/** The server said no, or we gave up: `reason` is a sentence. */
	| { readonly kind: "failed"; readonly reason: string }
	/** A cut left it open whether the server has it. */
	| { readonly kind: "unknown" };

/**
 * Where an entry stands in the log: by `order`, then `tie`, then `key`. `order` is the message's number
 * in its room, or where there are none, microseconds since the epoch on the server's clock; clamped to
 * safe integers. Own messages on their way stand at the end.
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
	/** Absent where the database knows no more of it, and while it is on its way. */
	readonly post?: PostDetail;
	/** For one on its way: the number of the message that it answers. */
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
 * What lies beyond one end of the entries that the view has: `more` can be asked for, `loading` was
 * asked for, `none`: that end is the beginning of the room, or what was said last.
 */
export type Edge = "more" | "loading" | "none";

export interface Edges {
	readonly older: Edge;
	readonly newer: Edge;
}

/** A message that was found. It need not be among the view's entries. */
export interface Hit {
	/** Says to the host which message is meant, in `reveal`. Opaque, at most 200 characters. */
	readonly key: string;
	readonly sender: string;
	readonly sentMs: number;
	/** The part of the message around what was found, one line, at most 200 UTF-16 units. */
	readonly excerpt: string;
}

/**
 * What was searched. `loaded`: only what is loaded, since this database can't search. `catchingUp`: the
 * database is not done yet with what was said before it could.
 */
export type SearchScope = "room" | "catchingUp" | "loaded";

/** What a search has come to. */
export type SearchResult =
	| {
			readonly kind: "found";
			/** Newest first. */
			readonly hits: readonly Hit[];
			/** There are older ones; `searchOlder` adds them. */
			readonly hasOlder: boolean;
			readonly scope: SearchScope;
			/**
			 * Only what was said since was looked at yet, in milliseconds since the epoch; absent where that is
			 * all that `scope` says.
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
	/** The number of the picture: one more than that of what was posted last. */
	readonly seq: number;
	/** `server` is the host and port as a person would say it. */
	readonly address: { readonly server: string; readonly database: string };
	/** The room whose entries these are; requests for it name it so. */
	readonly openRoom: RoomAddress;
	/** All one may enter; one where the database has no rooms. */
	readonly rooms: readonly Room[];
	readonly features: Features;
	/** Who is typing in this room: identities. */
	readonly typing: readonly string[];
	/** What keeps one from talking; absent while nothing does. */
	readonly ownSanction?: OwnSanction;
	readonly connection: ConnectionState;
	/** The own identity; absent until the first connection told it. */
	readonly me?: string;
	readonly people: readonly Person[];
	/** Whether what was said in the room before is among the entries; else it is still to come. */
	readonly hasBacklog: boolean;
	/** A window of the log, at most `MAX_VIEW_ENTRIES`. */
	readonly entries: readonly Entry[];
	readonly edges: Edges;
	readonly limits: TextLimits;
	/** Whether Start Local Server can work here (not in a remote window). */
	readonly canStartServer: boolean;
	/** Whether others may see that one is typing. */
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
	 * Said just now, and not among the entries: behind the last one of a view that is not at the latest,
	 * or so much at once that it is past already. `messages` has those that are for oneself and the
	 * newest; `others` says how many more there were.
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

/** Whom these entries are by, each once. */
export function sendersOf(entries: readonly Entry[]): Set<string> {
	return new Set(entries.flatMap((entry) => (entry.kind === "message" ? [entry.sender] : [])));
}
