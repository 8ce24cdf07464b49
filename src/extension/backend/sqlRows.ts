import * as v from "valibot";
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
/** Id, page, room, number, sender, time, client id, text, and more. */
const postSchema = v.looseTuple([
	v.number(),
	v.number(),
	v.number(),
	v.number(),
	identity,
	time,
	v.unknown(),
	v.string(),
]);

/** @throws for a row of another shape */
export function readSqlMessage(row: readonly unknown[]): PlainMessage {
	const [sender, sentMicros, text] = v.parse(messageSchema, row);
	return { sender, sentMicros, text };
}

/** @throws for a row of another shape */
export function readSqlPost(row: readonly unknown[]): PlainPost {
	const [id, , , seq, sender, sentMicros, , text] = v.parse(postSchema, row);
	return { id, seq, sender, sentMicros, text };
}

/** The time in a row of one column. @throws for a row of another shape */
export function readSqlTime(row: readonly unknown[]): number {
	return v.parse(v.tuple([time]), row)[0];
}
