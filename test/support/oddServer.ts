import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import type { WebSocket } from "ws";
import { WebSocketServer } from "ws";
import committedSchema from "../../src/module_bindings/schema.json";

/**
 * A server that accepts the WebSocket and then misbehaves as no real server would. The schema is a real
 * server's.
 */
export class OddServer {
	readonly url: string;
	upgrades = 0;
	readonly #stop: () => Promise<void>;

	private constructor(url: string, stop: () => Promise<void>) {
		this.url = url;
		this.#stop = stop;
	}

	/** @param act called with each open socket */
	static async start(act: (socket: WebSocket) => void): Promise<OddServer> {
		const http = createServer((_request, response) => {
			response.setHeader("content-type", "application/json");
			response.end(JSON.stringify(committedSchema));
		});
		const sockets = new WebSocketServer({
			server: http,
			handleProtocols: (offered) => [...offered][0] ?? false,
		});
		await new Promise<void>((ready) => http.listen(0, "127.0.0.1", ready));
		const { port } = http.address() as AddressInfo;
		const server = new OddServer(`http://127.0.0.1:${port}`, async () => {
			for (const socket of sockets.clients) {
				socket.terminate();
			}
			await new Promise((closed) => http.close(closed));
		});
		sockets.on("connection", (socket) => {
			server.upgrades++;
			act(socket);
		});
		return server;
	}

	async stop(): Promise<void> {
		await this.#stop();
	}
}

/** A frame as the server sends it: uncompressed, tag first. */
export function plainFrame(...bytes: number[]): Buffer {
	return Buffer.from([0, ...bytes]);
}

/** Makes a small frame that unpacks to a gigabyte; many gzip members keep the making fast. */
export function gzipBomb(): Buffer {
	const member = gzipSync(Buffer.alloc(1024 * 1024));
	return Buffer.concat([Buffer.from([2]), ...Array.from({ length: 1024 }, () => member)]);
}
