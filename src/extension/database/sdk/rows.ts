import type { Person } from "../../../shared/person";
import type { Message, Post, User } from "../../../module_bindings/index";
import type { MessageRow, PostFields, PostReaction } from "../../chat/backend";
import { hexOf } from "./identityHex";

/** Posts of a page (`server/src/post.rs`). */
const PAGE_SIZE = 128;

/** Rows of the SDK as plain data: identities in hex, times as numbers. */
export function readPerson(row: User): Person {
	const { identity, name, online } = row;
	return {
		identity: hexOf(identity),
		...(name === undefined ? {} : { name }),
		isOnline: online,
	};
}

/** A message of the tutorial's, wherever it was read. */
export interface PlainMessage {
	readonly sender: string;
	readonly sentMicros: number;
	readonly text: string;
}

export function readMessage(row: Message): PlainMessage {
	return {
		sender: hexOf(row.sender),
		sentMicros: toSafeNumber(row.sent.microsSinceUnixEpoch),
		text: row.text,
	};
}

/** A stock message has no id: who and when tell it apart, and the text where both are equal. */
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

/** A post of our module, wherever it was read. */
export interface PlainPost extends PlainMessage, Omit<PostFields, "reactions"> {
	readonly clientId?: string;
}

export function postRow(
	{ sender, sentMicros, text, clientId, ...facts }: PlainPost,
	reactions: readonly PostReaction[] = [],
): MessageRow {
	return {
		key: postKey(facts.seq),
		page: pageOf(facts.seq),
		sender,
		order: facts.seq,
		sentMicros,
		text,
		...(clientId === undefined ? {} : { clientId }),
		post: { ...facts, reactions },
	};
}

/** The columns that posts have in public rooms and in private ones. */
export type PostRow = Pick<
	Post,
	"page" | "room" | "seq" | "sender" | "sent" | "clientId" | "text" | "replyTo" | "edited" | "state"
>;

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
			...(state.tag === "Normal"
				? {}
				: { gone: state.tag === "Deleted" ? ("deleted" as const) : ("removed" as const) }),
		},
		reactions,
	);
}

/** The page of its room that a post is on. */
export function pageOf(seq: number): number {
	return Math.floor(seq / PAGE_SIZE);
}

/** Within its room; a log has one room at a time. */
export function postKey(seq: number): string {
	return `p${seq}`;
}

/** The nearest integer a number holds exactly: a row may carry any 64-bit time. */
export function toSafeNumber(value: bigint): number {
	const limit = BigInt(Number.MAX_SAFE_INTEGER);
	return Number(value > limit ? limit : value < -limit ? -limit : value);
}

/** FNV-1a over UTF-16 units, 32 bits: tells texts of the same sender and microsecond apart. */
function hash(text: string): string {
	let value = 0x811c9dc5;
	for (let index = 0; index < text.length; index++) {
		value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
	}
	return (value >>> 0).toString(36);
}
