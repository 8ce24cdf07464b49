import { createServer, connect } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";

/**
 * How a connection ends: reset, closed in good manners, or left open with nobody at the other end, for a
 * moment (`stall`) or for good (`halfOpen`).
 */
export type Cut = "reset" | "close" | "stall" | "halfOpen";

/** A stalled pair is reset after so long, so that a test need not wait for the silence limit. */
const STALL_MS = 300;

interface Pair {
	readonly client: Socket;
	readonly server: Socket;
}

/** A TCP proxy before a real server that breaks connections on purpose, also inside a frame. */
export class FaultProxy {
	readonly url: string;
	/** Connections that were broken so far. */
	cuts = 0;
	/** When given, asked for each new connection: after how many bytes, up and down together, it breaks. */
	plan: (() => { readonly afterBytes: number; readonly how: Cut } | undefined) | undefined;
	/** While true, new connections are refused. */
	isDown = false;
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

	/** Connections that pass through now. */
	get openCount(): number {
		return this.#pairs.size;
	}

	/** Breaks every connection there is. */
	cutAll(how: Cut): void {
		for (const pair of this.#pairs) {
			this.#cut(pair, how);
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
		const pair = { client, server };
		this.#pairs.add(pair);
		const plan = this.plan?.();
		let leftBytes = plan?.afterBytes ?? Number.POSITIVE_INFINITY;
		const forward = (from: Socket, to: Socket) => {
			from.on("error", () => undefined);
			from.on("close", () => {
				this.#pairs.delete(pair);
				to.destroy();
			});
			from.on("data", (chunk: Buffer) => {
				if (!this.#pairs.has(pair)) {
					return;
				}
				if (chunk.length < leftBytes) {
					leftBytes -= chunk.length;
					to.write(chunk);
				} else if (plan !== undefined) {
					// The rest of the frame never arrives.
					to.write(chunk.subarray(0, leftBytes));
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
		this.cuts++;
		const { client, server } = pair;
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
