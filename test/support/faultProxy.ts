import { createServer, connect } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";

/**
 * The end of a connection: reset, closed properly, or left open without a peer, for a moment (`stall`) or
 * for good (`halfOpen`).
 */
export type Cut = "reset" | "close" | "stall" | "halfOpen";

/** The head of a request for a WebSocket (RFC 6455, 4.1). */
const UPGRADE = /^upgrade: websocket\r$/im;

/** The time after which a stalled pair is reset, so that a test need not wait for the silence limit. */
const STALL_MS = 300;

/** The position of a break: after some bytes from the client, then some from the server. */
export interface Break {
	readonly upBytes: number;
	readonly downBytes: number;
	readonly how: Cut;
}

interface Pair {
	readonly client: Socket;
	readonly server: Socket;
	/** True for a WebSocket, false for a plain request, as for the schema. */
	isSocket: boolean;
}

/** A TCP proxy before a real server that breaks connections on purpose, also inside a frame. */
export class FaultProxy {
	readonly url: string;
	/** The number of broken WebSockets. */
	cuts = 0;
	/** Returns the break of each new WebSocket; the bytes of the upgrade request count. */
	plan: (() => Break | undefined) | undefined;
	/** True while new connections are refused. */
	isDown = false;
	/** The slices in which new connections forward bytes, each slice after a delay. */
	slow: { readonly sliceBytes: number; readonly delayMs: number } | undefined;
	readonly #server: Server;
	readonly #pairs = new Set<Pair>();

	private constructor(server: Server, url: string) {
		this.#server = server;
		this.url = url;
	}

	static async before(target: { readonly port: number }): Promise<FaultProxy> {
		const listener = createServer();
		await new Promise<void>((ready) => listener.listen(0, "127.0.0.1", ready));
		const { port } = listener.address() as AddressInfo;
		const proxy = new FaultProxy(listener, `http://127.0.0.1:${port}`);
		listener.on("connection", (client) => proxy.#pass(client, target.port));
		return proxy;
	}

	/** The number of open connections. */
	get openCount(): number {
		return this.#pairs.size;
	}

	/** Breaks every open connection. */
	cutAll(how: Cut): void {
		for (const pair of this.#pairs) {
			this.#cut(pair, how);
		}
	}

	/** Sends a WebSocket frame to every client, between two frames of the server. */
	inject(payload: Buffer): void {
		for (const { client } of this.#pairs) {
			client.write(Buffer.concat([binaryFrameHead(payload.length), payload]));
		}
	}

	async stop(): Promise<void> {
		for (const { client, server } of this.#pairs) {
			client.destroy();
			server.destroy();
		}
		await new Promise((closed) => this.#server.close(closed));
	}

	#pass(client: Socket, port: number): void {
		if (this.isDown) {
			client.resetAndDestroy();
			return;
		}
		const server = connect(port, "127.0.0.1");
		const pair: Pair = { client, server, isSocket: false };
		this.#pairs.add(pair);
		let plan: Break | undefined;
		let [upBytes, downBytes] = [0, 0];
		const { slow } = this;
		const forward = (from: Socket, to: Socket) => {
			const write = slow === undefined ? (part: Buffer) => to.write(part) : inSlices(to, slow);
			from.on("error", () => undefined);
			from.on("close", () => {
				this.#pairs.delete(pair);
				to.destroy();
			});
			from.on("data", (chunk: Buffer) => {
				if (!this.#pairs.has(pair)) {
					return;
				}
				if (from === client && !pair.isSocket && UPGRADE.test(chunk.toString("latin1"))) {
					pair.isSocket = true;
					plan = this.plan?.();
					({ upBytes, downBytes } = plan ?? { upBytes: 0, downBytes: 0 });
				}
				if (plan === undefined) {
					write(chunk);
					return;
				}
				const passed = Math.min(chunk.length, from === client ? upBytes : downBytes);
				if (from === client) {
					upBytes -= passed;
				} else if (upBytes === 0) {
					downBytes -= passed;
				}
				if (upBytes > 0 || downBytes > 0) {
					write(chunk);
				} else {
					// The rest of the frame never arrives.
					write(chunk.subarray(0, passed));
					this.#cut(pair, plan.how);
				}
			});
		};
		forward(client, server);
		forward(server, client);
	}

	#cut(pair: Pair, how: Cut): void {
		if (!this.#pairs.delete(pair)) {
			return;
		}
		const { client, server, isSocket } = pair;
		this.cuts += isSocket ? 1 : 0;
		switch (how) {
			case "reset":
				client.resetAndDestroy();
				server.resetAndDestroy();
				break;
			case "close":
				client.end();
				server.end();
				break;
			case "halfOpen":
				break;
			case "stall":
				setTimeout(() => {
					client.resetAndDestroy();
					server.resetAndDestroy();
				}, STALL_MS);
				break;
		}
	}
}

/** Returns a function that writes to a socket in slices, each after a delay. */
function inSlices(
	to: Socket,
	{ sliceBytes, delayMs }: { readonly sliceBytes: number; readonly delayMs: number },
): (part: Buffer) => void {
	let waiting = Buffer.alloc(0);
	let timer: NodeJS.Timeout | undefined;
	const next = () => {
		timer = undefined;
		if (to.destroyed || waiting.length === 0) {
			return;
		}
		to.write(waiting.subarray(0, sliceBytes));
		waiting = waiting.subarray(sliceBytes);
		timer = setTimeout(next, delayMs);
	};
	return (part) => {
		waiting = Buffer.concat([waiting, part]);
		timer ??= setTimeout(next, delayMs);
	};
}

/** Returns the head of an unmasked binary WebSocket frame (RFC 6455, 5.2). */
function binaryFrameHead(length: number): Buffer {
	const [FINAL_BINARY, LENGTH_16, LENGTH_64] = [0x82, 126, 127];
	if (length < LENGTH_16) {
		return Buffer.from([FINAL_BINARY, length]);
	}
	if (length < 0x1_0000) {
		const head = Buffer.from([FINAL_BINARY, LENGTH_16, 0, 0]);
		head.writeUInt16BE(length, 2);
		return head;
	}
	const head = Buffer.alloc(10);
	head.set([FINAL_BINARY, LENGTH_64]);
	head.writeBigUInt64BE(BigInt(length), 2);
	return head;
}
