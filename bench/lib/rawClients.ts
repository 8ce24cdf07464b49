import WebSocket from "ws";
import type { Seeded } from "./seeded";

/** Protocol of servers 1.x, as the SDK asks for it. */
const PROTOCOL = "v1.bsatn.spacetimedb";

/** Clients that say what a client said when it was opened, and then only listen, without looking. */
export class RawClients {
	readonly #sockets: readonly WebSocket[];

	private constructor(sockets: readonly WebSocket[]) {
		this.#sockets = sockets;
	}

	/** @param frames in base64, sent one after the other to the server */
	static async connect(
		{ url, database }: Seeded,
		frames: readonly string[],
		count: number,
	): Promise<RawClients> {
		const address = new URL(`/v1/database/${database}/subscribe?compression=Gzip&light=true`, url);
		address.protocol = "ws:";
		const sockets: WebSocket[] = [];
		for (let client = 0; client < count; client++) {
			const socket = new WebSocket(address, PROTOCOL, { perMessageDeflate: false });
			await new Promise((opened, failed) => {
				socket.once("open", opened);
				socket.once("error", failed);
			});
			for (const frame of frames) {
				socket.send(Buffer.from(frame, "base64"));
			}
			sockets.push(socket);
		}
		return new RawClients(sockets);
	}

	leave(): void {
		for (const socket of this.#sockets) {
			socket.terminate();
		}
	}
}
