import * as v from "valibot";
import type { ModerationRow } from "../../chat/backend";
import type { PlainMessage, PlainPost } from "./rows";

/*
 * Rows as SQL over HTTP writes them (server 1.3.0): an identity and a time are products of one value,
 * an option is `[0, value]` or `[1, []]`.
 */

const identity = v.pipe(
	v.tuple([v.union([v.string(), v.number()])]),
	v.transform(([hex]) => String(hex).replace(/^0x/, "").padStart(64, "0")),
);
const time = v.pipe(
	v.tuple([v.number()]),
	v.transform(([micros]) => micros),
);

const messageSchema = v.tuple([identity, time, v.string()]);
/** Number, sender, time, text and state, as they are asked for by `POST_COLUMNS`. */
const postSchema = v.tuple([
	v.number(),
	identity,
	time,
	v.string(),
	v.tuple([v.number(), v.unknown()]),
]);

/** The columns of a post that `readSqlPost` reads. */
export const POST_COLUMNS = "seq, sender, sent, text, state";
const NORMAL = 0;
const DELETED = 1;

/** @throws for a row of another shape */
export function readSqlMessage(row: readonly unknown[]): PlainMessage {
	const [sender, sentMicros, text] = v.parse(messageSchema, row);
	return { sender, sentMicros, text };
}

/** @throws for a row of another shape */
export function readSqlPost(row: readonly unknown[]): PlainPost {
	const [seq, sender, sentMicros, text, [state]] = v.parse(postSchema, row);
	const gone = state === NORMAL ? undefined : state === DELETED ? "deleted" : "removed";
	return { seq, sender, sentMicros, text, ...(gone === undefined ? {} : { gone }) };
}

/** A text and its time. @throws for a row of another shape */
export function readSqlVersion(row: readonly unknown[]): { text: string; atMs: number } {
	const [text, atMicros] = v.parse(v.tuple([v.string(), time]), row);
	return { text, atMs: Math.floor(atMicros / 1_000) };
}

const moderationSchema = v.tuple([time, identity, v.string(), identity, v.string()]);

/** @throws for a row of another shape */
export function readSqlModeration(row: readonly unknown[]): ModerationRow {
	const [atMicros, by, action, person, detail] = v.parse(moderationSchema, row);
	return { atMs: Math.floor(atMicros / 1_000), by, action, person, detail };
}

const timeSchema = v.tuple([time]);

/** The time in a row of one column. @throws for a row of another shape */
export function readSqlTime(row: readonly unknown[]): number {
	return v.parse(timeSchema, row)[0];
}
