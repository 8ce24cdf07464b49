/** What somebody does about being asked: said by themselves, or `away` after a while of doing nothing. */
export type Availability = "available" | "away" | "busy";

/** Everybody without a rank is a member. */
export type Role = "owner" | "moderator";

/** Keeps somebody from talking. `untilMs`: milliseconds since the epoch; absent: until it is lifted. */
export interface Sanction {
	readonly kind: "timeOut" | "ban";
	readonly untilMs?: number;
}

/** What one is told of one's own sanction. */
export interface OwnSanction extends Sanction {
	readonly reason: string;
	/** Identity of the moderator; absent where that is not told. */
	readonly by?: string;
}

/** Somebody the database has a row for. `identity` is 64 lower-case hex digits. */
export interface Person {
	readonly identity: string;
	readonly name?: string;
	readonly isOnline: boolean;
	/** Absent where the database keeps none, and for somebody who never said anything about it. */
	readonly availability?: Availability;
	/** Own words and an emoji; `untilMs`: then they are over. Either may be empty. */
	readonly status?: { readonly text: string; readonly emoji: string; readonly untilMs?: number };
	/** When their last window went, in milliseconds since the epoch. */
	readonly lastSeenMs?: number;
	readonly role?: Role;
	readonly sanction?: Sanction;
}

/** Enough of an identity to tell people apart: six digits, an ellipsis, the last two. */
export function shortIdentity(identity: string): string {
	return identity.length > 10 ? `${identity.slice(0, 6)}…${identity.slice(-2)}` : identity;
}

/** The name, else the short identity; `undefined` (a sender without a row) is "unknown". */
export function displayName(person: Person | undefined, unknown = "unknown"): string {
	return person === undefined ? unknown : (person.name ?? shortIdentity(person.identity));
}
