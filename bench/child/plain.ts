import { setTimeout as sleep } from "node:timers/promises";
import { BinaryWriter } from "@clockworklabs/spacetimedb-sdk";
import WebSocket from "ws";
import type { DbConnection } from "../../test/support/plainClient";
import { roomQueries } from "../../src/extension/database/rooms/roomRows";
import { connectPlainly, Everything, subscribe } from "../lib/plainClient";
import { answerParent, cpuUntil, framesOf, memoryNow, type Target } from "./answer";

/*
 * The program of the baselines and of other people: its clients are made with the SDK as it comes.
 */

/** The lobby's id, of `server/src/room.rs`. */
const LOBBY = 1;
/** Connections that send the messages: the server queues 2,048 calls of each (server 1.3.0). */
const SENDERS = 4;
const TICK_MS = 5;

export type OpenArgs = Target & { readonly kind: "rooms" | "quickstart" };

/** Opens a database by subscribing to everything. */
async function openEverything({ kind, ...target }: OpenArgs) {
	const before = await memoryNow();
	const everything = new Everything();
	const began = performance.now();
	await everything.connect(target, kind);
	const ms = performance.now() - began;
	return { ms, messages: everything.messages.length, ...(await memoryNow(before)) };
}

/** `messages`: those that others will send. */
export type ReceiveArgs = Target & { readonly messages: number };

/** Receives the messages that others send, as a subscriber to everything. */
async function receiveEverything({ messages: expected, ...target }: ReceiveArgs) {
	const everything = new Everything();
	const { messages } = everything;
	await everything.connect(target, "rooms");
	const before = messages.length;
	const cpuMs = await cpuUntil(() => messages.length - before, expected);
	return { messages: messages.length - before, cpuMs };
}

/** Returns the frames with which a client subscribes to everything. */
async function frames(target: Target): Promise<string[]> {
	// The SDK takes its socket from undici, unless the global scope has one.
	Object.assign(globalThis, { WebSocket });
	return framesOf(() => new Everything().connect(target, "rooms"));
}

export interface SendArgs extends Target {
	readonly warmUps: number;
	readonly messages: number;
	readonly calls: "announced" | "posted";
	/** Rows of one small table, or those that the panel subscribes to. */
	readonly holds: "little" | "panel";
}

/** Sends messages one after the other. @returns milliseconds from each call to its answer */
async function send({ warmUps, messages, calls, holds, ...target }: SendArgs) {
	const connection = await connectPlainly(target, ["SELECT * FROM limits"]);
	if (holds === "panel") {
		await subscribeAsPanel(connection);
	}
	const { reducers } = connection;
	let answered: (() => void) | undefined;
	const onAnswer = ({ event }: { event: { status: { tag: string } } }) => {
		if (event.status.tag !== "Committed") {
			throw new Error(`The call was answered with ${event.status.tag}.`);
		}
		answered?.();
	};
	reducers.onSendMessage(onAnswer);
	reducers.onPostMessage(onAnswer);
	const times: number[] = [];
	for (let index = 0; index < warmUps + messages; index++) {
		const answer = new Promise<void>((resolve) => (answered = resolve));
		const began = performance.now();
		const clientId = crypto.randomUUID();
		if (calls === "announced") {
			reducers.announce({ clientId });
			reducers.sendMessage({ text: `message ${index}` });
		} else {
			reducers.postMessage({ room: LOBBY, clientId, text: `message ${index}` });
		}
		await answer;
		times.push(performance.now() - began);
	}
	return times.slice(warmUps);
}

/** Subscribes to what the panel does in the lobby: each page by itself, four of them ahead. */
async function subscribeAsPanel(connection: DbConnection): Promise<void> {
	await subscribe(connection, [
		...["user", "room_head", "search_result"].map((table) => `SELECT * FROM ${table}`),
		...roomQueries(connection.identity?.toHexString() ?? ""),
	]);
	const head = [...connection.db.roomHead.iter()].find(({ room }) => room === LOBBY)?.page;
	if (head === undefined) {
		throw new Error("The lobby has no page.");
	}
	for (let page = head - 2n; page <= head + 4n; page++) {
		const query = (table: string) => `SELECT * FROM ${table} WHERE page = ${page}`;
		await subscribe(connection, [query("post"), query("reaction")]);
	}
}

type FloodArgs = Target & Readonly<Record<"perSecond" | "seconds", number>>;

/**
 * Sends messages at a rate, without waiting for answers. Each begins with the time of sending, in
 * milliseconds since the epoch, and ends with its number.
 */
async function sendMessages({ perSecond, seconds, ...target }: FloodArgs) {
	const senders = await Promise.all(
		Array.from({ length: SENDERS }, () => connectPlainly(target, ["SELECT * FROM room"])),
	);
	const wanted = perSecond * seconds;
	const began = performance.now();
	let sent = 0;
	while (sent < wanted) {
		const due = Math.min(wanted, Math.ceil(((performance.now() - began) / 1_000) * perSecond));
		for (; sent < due; sent++) {
			const words = "is when a person sent these words, with `code` in them, number";
			const text = `${Date.now()} ${words} ${sent}.`;
			const writer = new BinaryWriter(text.length * 2 + 8);
			writer.writeString(text);
			// An answer to each would load this process and the server.
			senders[sent % SENDERS]?.callReducer("send_message", writer.getBuffer(), "NoSuccessNotify");
		}
		await sleep(TICK_MS);
	}
	const ended = Date.now();
	const ms = performance.now() - began;
	// The sockets' buffers still hold some messages.
	await sleep(1_000);
	return { sent, ms, ended };
}

export const tasks = { frames, openEverything, receiveEverything, send, sendMessages };
answerParent(tasks);
