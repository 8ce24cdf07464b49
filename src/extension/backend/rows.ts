import type { Person } from "../../shared/chat";
import type { Message, Post, User } from "../../module_bindings";
import type { MessageRow } from "./backend";

/** Rows of the SDK as plain data: identities in hex, times as numbers. */
export function readPerson(row: User): Person {
	const { identity, name, online } = row;
	return {
		identity: identity.toHexString(),
		...(name === undefined ? {} : { name }),
		isOnline: online,
	};
}

/** A stock message has no id: who and when tell it apart, and the text where both are equal. */
export function readMessage(row: Message): MessageRow {
	const sender = row.sender.toHexString();
	const micros = row.sent.microsSinceUnixEpoch;
	return {
		key: `m${micros}-${sender.slice(0, 32)}-${hash(row.text)}`,
		sender,
		sentMicros: toSafeNumber(micros),
		tie: 0,
		text: row.text,
	};
}

/** A post of our module. */
export function readPost(row: Post): MessageRow {
	return {
		key: postKey(row),
		sender: row.sender.toHexString(),
		sentMicros: toSafeNumber(row.sent.microsSinceUnixEpoch),
		tie: toSafeNumber(row.seq),
		text: row.text,
		...(row.clientId === undefined ? {} : { clientId: row.clientId }),
	};
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
