import { setTimeout as sleep } from "node:timers/promises";
import WebSocket from "ws";

/** The address of a database. */
export interface Target {
	readonly url: string;
	readonly database: string;
	/** Kept by an earlier client; absent for a new person. */
	readonly token?: string;
}

/** The longest waits for the first message, late on a busy machine, and for each further one. */
const [START_MS, SILENCE_MS] = [300_000, 15_000];

/** Runs the task that the parent names in a message, and sends the result. The parent ends us. */
export function answerParent(tasks: object): void {
	process.once("message", ({ name, args }: { name: never; args: unknown }) => {
		const task = tasks[name] as (args: unknown) => Promise<unknown>;
		task(args).then(
			(result) => process.send?.({ result }),
			(error: unknown) =>
				process.send?.({ error: String(error instanceof Error ? error.stack : error) }),
		);
	});
}

/** Calls `sending` with each frame before any socket of this process sends it. */
export function onEachFrame(sending: (data: Uint8Array) => void): void {
	const { prototype } = WebSocket as unknown as {
		prototype: { send: (this: WebSocket, data: Uint8Array) => void };
	};
	const { send } = prototype;
	prototype.send = function (data) {
		sending(data);
		send.call(this, data);
	};
}

/** Returns the frames, in base64, that the client sends in `act`. */
export async function framesOf(act: () => Promise<unknown>): Promise<string[]> {
	const frames: string[] = [];
	onEachFrame((data) => frames.push(Buffer.from(data).toString("base64")));
	await act();
	return frames;
}

/** Returns the memory of this process after collecting garbage, less that of an earlier call. */
export async function memoryNow(before = { heapBytes: 0, rssBytes: 0 }) {
	for (let round = 0; round < 3; round++) {
		global.gc?.();
		await sleep(20);
	}
	const { heapUsed, external, rss } = process.memoryUsage();
	return { heapBytes: heapUsed + external - before.heapBytes, rssBytes: rss - before.rssBytes };
}

/** Returns the CPU milliseconds that this process uses until it has received these messages. */
export async function cpuUntil(received: () => number, messages: number): Promise<number> {
	const before = process.cpuUsage();
	let [seen, lastMs] = [0, performance.now()];
	while (received() < messages && performance.now() - lastMs < (seen > 0 ? SILENCE_MS : START_MS)) {
		await sleep(20);
		lastMs = received() > seen ? performance.now() : lastMs;
		seen = received();
	}
	if (seen === 0) {
		throw new Error("No message was received.");
	}
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1_000;
}
