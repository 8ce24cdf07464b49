import WebSocket from "ws";
import { TestWindow } from "../../test/support/testWindow";
import type { Place } from "./openOurs";

export interface Sent {
	/** From the first byte of a line that is handed to the socket to its ack. */
	readonly writeToAckMs: readonly number[];
	/** From Enter, hence with the journal. */
	readonly enterToAckMs: readonly number[];
}

export interface SendWish extends Place {
	readonly warmUps: number;
	readonly lines: number;
}

/** Lines that are sent one after the other, as the panel sends them. */
export async function sendOurs({ url, database, warmUps, lines }: SendWish): Promise<Sent> {
	const writes: number[] = [];
	const { prototype } = WebSocket as unknown as {
		prototype: { send: (this: WebSocket, data: Uint8Array) => void };
	};
	const { send } = prototype;
	prototype.send = function (data) {
		writes.push(performance.now());
		send.call(this, data);
	};
	const window = await TestWindow.online(url, database);
	const { delivery } = window.session;
	const writeToAckMs: number[] = [];
	const enterToAckMs: number[] = [];
	for (let line = 0; line < warmUps + lines; line++) {
		const clientId = crypto.randomUUID();
		writes.length = 0;
		const acked = new Promise<void>((settle) => {
			const listener = delivery.onDidChange((outbox) => {
				const entry = outbox.find((one) => one.clientId === clientId);
				if (entry?.state === "acked") {
					listener.dispose();
					settle();
				} else if (entry?.state === "failed") {
					throw new Error(entry.reason);
				}
			});
		});
		const enter = performance.now();
		void window.say(`line ${line}`, undefined, clientId);
		await acked;
		const end = performance.now();
		const [firstWrite = end] = writes;
		if (line >= warmUps) {
			writeToAckMs.push(end - firstWrite);
			enterToAckMs.push(end - enter);
		}
	}
	return { writeToAckMs, enterToAckMs };
}
