import type { Person, TextLimits } from "../../shared/chat";
import type { HistoryWindow } from "../history/historyWindow";

/** A message as the database has it. */
export interface MessageRow {
	/** Tells the row apart from all others, for ever. At most 200 characters. */
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
}

/** What the subscriptions hold at one moment. */
export interface BackendSnapshot {
	readonly people: readonly Person[];
	/** The messages of the window's pages. */
	readonly messages: readonly MessageRow[];
	readonly window: HistoryWindow;
}

/** Where to open the history. */
export interface OpenWish {
	/** What was held before the connection was cut, to find the reader's place again. */
	readonly before: HistoryWindow | undefined;
	/** Whether the reader follows what is said, and lies at the end of the window. */
	readonly isAtLatest: boolean;
	/** The window should reach back to here, in milliseconds since the epoch, where it goes by time. */
	readonly sinceMs: number | undefined;
}

/** How a reducer call ended. */
export type CallResult =
	/** Committed; `atMicros` is the transaction's time, which is the `sent` of a message it inserted. */
	| { readonly kind: "committed"; readonly atMicros: number }
	/** The module said no; the reason is its own words. */
	| { readonly kind: "refused"; readonly reason: string }
	/** No answer: time-out, or the link was cut. Whether it was committed is unknown. */
	| { readonly kind: "noAnswer"; readonly why: "timeout" | "cut" };

/** What happens in the database after the snapshot, in the order of its transactions. */
export interface BackendEvents {
	personChanged(person: Person, before: Person | undefined): void;
	personGone(identity: string): void;
	/** The newest page is another one. `pages`: those behind the former newest, in order. */
	headMoved(pages: readonly number[]): void;
	/** Also for rows that came late, with a page that was begun after them. */
	messageArrived(row: MessageRow): void;
	messageGone(key: string): void;
}

/** One-off SQL, over HTTP: constants and validated numbers only. Rejects when there is no answer. */
export type Ask = (query: string) => Promise<readonly (readonly unknown[])[]>;

/**
 * How often a database hears one message: `exactlyOnce` knows a repeat by its id, `atMostOnce` (the
 * tutorial's) has no ids, so nothing of doubtful fate may be sent again without being asked.
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
	/** Holds a page from now on and gives its rows; `undefined` if the link is cut before. */
	load(page: number): Promise<readonly MessageRow[] | undefined>;
	/** Lets go of all pages but these and those where the next messages are going to be. */
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

/** What a search came to. */
export type SearchAnswer =
	| {
			readonly kind: "found";
			/** Newest first. */
			readonly found: readonly FoundMessage[];
			/** There may be more before this place. */
			readonly olderThan: number | undefined;
			/** The database is still reading what was said before it could search: some may be missing. */
			readonly isCatchingUp: boolean;
	  }
	| { readonly kind: "failed"; readonly reason: string };

/** What one kind of chat database can do, over one live link. */
export interface Backend {
	readonly guarantee: Guarantee;
	readonly limits: TextLimits;
	readonly pages: Pages;
	/** `settle` is called exactly once, for a commit before the events of the rows it brought. */
	setName(name: string, settle: (result: CallResult) => void): void;
	/** As `setName`. `clientId` is a UUID; a database without ids ignores it. */
	sendMessage(clientId: string, text: string, settle: (result: CallResult) => void): void;
	/**
	 * Searches the whole room; absent where the database can't. `settle` is called exactly once.
	 *
	 * @param olderThan only before this place
	 */
	search?(
		text: string,
		olderThan: number | undefined,
		settle: (answer: SearchAnswer) => void,
	): void;
	/** The link is gone: every open call ends with `noAnswer`. */
	cut(): void;
}
