import type { Person, TextLimits } from "../../shared/chat";

/** A message as the database has it. `sentMicros` is the server's clock, microseconds since the epoch. */
export interface MessageRow {
	/** Tells the row apart from all others, for ever. At most 200 characters. */
	readonly key: string;
	readonly sender: string;
	readonly sentMicros: number;
	/** Orders rows of the same time. */
	readonly tie: number;
	readonly text: string;
	/** The id that its sender gave it, where the database keeps one. */
	readonly clientId?: string;
}

/** All that the subscriptions hold at one moment. */
export interface BackendSnapshot {
	readonly people: readonly Person[];
	readonly messages: readonly MessageRow[];
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
	messageArrived(row: MessageRow): void;
	messageGone(key: string): void;
}

/**
 * How often a database hears one message: `exactlyOnce` knows a repeat by its id, `atMostOnce` (the
 * tutorial's) has no ids, so nothing of doubtful fate may be sent again without being asked.
 */
export type Guarantee = "exactlyOnce" | "atMostOnce";

/** What one kind of chat database can do, over one live link. */
export interface Backend {
	readonly guarantee: Guarantee;
	readonly limits: TextLimits;
	/** `settle` is called exactly once, for a commit before the events of the rows it brought. */
	setName(name: string, settle: (result: CallResult) => void): void;
	/** As `setName`. `clientId` is a UUID; a database without ids ignores it. */
	sendMessage(clientId: string, text: string, settle: (result: CallResult) => void): void;
	/** The link is gone: every open call ends with `noAnswer`. */
	cut(): void;
}
