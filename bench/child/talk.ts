import { setTimeout as sleep } from "node:timers/promises";
import { BinaryWriter } from "@clockworklabs/spacetimedb-sdk";
import { connectPlainly } from "./everythingClient";
import type { Place } from "./openOurs";

/** Connections that talk: the server queues 2,048 calls of each (server 1.3.0). */
const TALKERS = 4;
const TICK_MS = 5;

export interface Talked {
	readonly sent: number;
	readonly ms: number;
	/** When the last was said, in milliseconds since the epoch. */
	readonly ended: number;
}

/**
 * Says so many messages a second for so long, without waiting for answers. Each message begins with
 * when it was said, in milliseconds since the epoch, and ends with its number.
 */
export async function talk({
	url,
	database,
	perSecond,
	seconds,
}: Place & { readonly perSecond: number; readonly seconds: number }): Promise<Talked> {
	const talkers = await Promise.all(
		Array.from({ length: TALKERS }, () => connectPlainly(url, database, ["SELECT * FROM room"])),
	);
	const wanted = perSecond * seconds;
	const began = performance.now();
	let sent = 0;
	while (sent < wanted) {
		const due = Math.min(wanted, Math.ceil(((performance.now() - began) / 1_000) * perSecond));
		for (; sent < due; sent++) {
			const text = `${Date.now()} is when somebody said these words, with \`code\` in them, number ${sent}.`;
			const writer = new BinaryWriter(text.length * 2 + 8);
			writer.writeString(text);
			// An answer to each would be this process's load, and the server's.
			talkers[sent % TALKERS]?.callReducer("send_message", writer.getBuffer(), "NoSuccessNotify");
		}
		await sleep(TICK_MS);
	}
	const ended = Date.now();
	const ms = performance.now() - began;
	// What lies in the sockets' buffers is still on its way.
	await sleep(1_000);
	return { sent, ms, ended };
}
