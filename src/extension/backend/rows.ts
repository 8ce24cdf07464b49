import type { Person } from "../../shared/chat";
import type { Message, Post, User } from "../../module_bindings";
import type { MessageRow } from "./backend";

/** Posts of a page (`server/src/post.rs`). */
const PAGE_SIZE = 128;

/** Rows of the SDK as plain data: identities in hex, times as numbers. */
export function readPerson(row: User): Person {
	const { identity, name, online } = row;
	return {
		identity: identity.toHexString(),
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
		sender: row.sender.toHexString(),
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
export interface PlainPost extends PlainMessage {
	/** Unlike `seq`, alone in the whole database. */
	readonly id: number | bigint;
	readonly seq: number;
	readonly clientId?: string;
}

export function postRow({ id, seq, ...message }: PlainPost): MessageRow {
	return { ...message, key: `p${id}`, page: pageOf(seq), order: seq };
}

export function readPost(row: Post): MessageRow {
	return postRow({
		id: row.id,
		seq: toSafeNumber(row.seq),
		sender: row.sender.toHexString(),
		sentMicros: toSafeNumber(row.sent.microsSinceUnixEpoch),
		text: row.text,
		...(row.clientId === undefined ? {} : { clientId: row.clientId }),
	});
}

/** The page of its room that a post is on. */
export function pageOf(seq: number): number {
	return Math.floor(seq / PAGE_SIZE);
}

export function postKey({ id }: Post): string {
	return `p${id}`;
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
