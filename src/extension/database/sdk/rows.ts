import type { Person } from "../../../shared/person";
import { pageOf } from "../../../shared/room";
import type { MessageRow, PostFields, PostReaction } from "../../chat/backend";
import { hexOf } from "./identityHex";
import type { Row } from "./moduleTypes";

/*
 * Rows of the SDK as plain data: identities in hex, times as numbers.
 */

export function readPerson(row: Row<"user">): Person {
	const { identity, name, online } = row;
	return {
		identity: hexOf(identity),
		...(name === undefined ? {} : { name }),
		isOnline: online,
	};
}

/** A message of the quickstart, read by the SDK or over HTTP. */
export interface PlainMessage {
	readonly sender: string;
	readonly sentMicros: number;
	readonly text: string;
}

export function readMessage(row: Row<"message">): PlainMessage {
	return {
		sender: hexOf(row.sender),
		sentMicros: toSafeNumber(row.sent.microsSinceUnixEpoch),
		text: row.text,
	};
}

/** Returns the row of a quickstart message. Sender, time and text make its key, because it has no id. */
export function messageRow({ sender, sentMicros, text }: PlainMessage, page: number): MessageRow {
	return {
		key: `m${sentMicros}-${sender.slice(0, 32)}-${hash(text)}`,
		page,
		sender,
		order: sentMicros,
		sentMicros,
		text,
	};
}

/** A post of the rooms module, read by the SDK or over HTTP. */
export interface PlainPost extends PlainMessage, Omit<PostFields, "reactions"> {
	readonly clientId?: string;
}

export function postRow(
	{ sender, sentMicros, text, clientId, ...fields }: PlainPost,
	reactions: readonly PostReaction[] = [],
): MessageRow {
	return {
		key: postKey(fields.seq),
		page: pageOf(fields.seq),
		sender,
		order: fields.seq,
		sentMicros,
		text,
		...(clientId === undefined ? {} : { clientId }),
		post: { ...fields, reactions },
	};
}

/** The columns that posts have in public rooms and in private ones. */
export type PostRow = Pick<
	Row<"post">,
	"page" | "room" | "seq" | "sender" | "sent" | "clientId" | "text" | "replyTo" | "edited" | "state"
>;

type PostState = PostRow["state"]["tag"];

export function readPost(row: PostRow, reactions: readonly PostReaction[] = []): MessageRow {
	const { clientId, replyTo, edited, state } = row;
	return postRow(
		{
			seq: toSafeNumber(row.seq),
			sender: hexOf(row.sender),
			sentMicros: toSafeNumber(row.sent.microsSinceUnixEpoch),
			text: row.text,
			...(clientId === undefined ? {} : { clientId }),
			...(replyTo === undefined ? {} : { replyTo: toSafeNumber(replyTo) }),
			...(edited === undefined ? {} : { editedMicros: toSafeNumber(edited.microsSinceUnixEpoch) }),
			...goneFields(state.tag),
		},
		reactions,
	);
}

/** Returns the field that says of a post without its text why the text is gone. */
export function goneFields(state: PostState | undefined): Pick<PlainPost, "gone"> {
	return state === "Normal" ? {} : { gone: state === "Deleted" ? "deleted" : "removed" };
}

/** Returns a post's key, which is unique within its room. A log has one room at a time. */
export function postKey(seq: number): string {
	return `p${seq}`;
}

/** Returns the nearest integer that a number holds exactly. A row may have any 64-bit time. */
export function toSafeNumber(value: bigint): number {
	const limit = BigInt(Number.MAX_SAFE_INTEGER);
	return Number(value > limit ? limit : value < -limit ? -limit : value);
}

/** Returns FNV-1a over UTF-16 units, 32 bits, which distinguishes texts of one sender and microsecond. */
function hash(text: string): string {
	let value = 0x811c9dc5;
	for (let index = 0; index < text.length; index++) {
		value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
	}
	return (value >>> 0).toString(36);
}
