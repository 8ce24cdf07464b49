/** The availability of a person: set by that person, or `away` after a time of inactivity. */
export type Availability = "available" | "away" | "busy";

/** The role of a person; everybody without one is a member. */
export type Role = "owner" | "moderator";

/** Keeps a person from sending. `untilMs`: milliseconds since the epoch; absent: until it is lifted. */
export interface Sanction {
	readonly kind: "timeOut" | "ban";
	readonly untilMs?: number;
}

/** The user's own sanction, with its details. */
export interface OwnSanction extends Sanction {
	readonly reason: string;
	/** Identity of the moderator; absent where the database does not tell it. */
	readonly by?: string;
}

/** Somebody the database has a row for. `identity` is 64 lower-case hex digits. */
export interface Person {
	readonly identity: string;
	readonly name?: string;
	readonly isOnline: boolean;
	/** Absent in a quickstart database, and for a person who never set it. */
	readonly availability?: Availability;
	/** The person's own text and emoji, of which either may be empty; they end at `untilMs`. */
	readonly status?: { readonly text: string; readonly emoji: string; readonly untilMs?: number };
	/** The time when the last window disconnected, in milliseconds since the epoch. */
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
