import type { AddressInfo, Server, Socket } from "node:net";
import { connect, createServer } from "node:net";

/** A TCP proxy before a server that counts what goes through, up and down together. */
export class CountingProxy {
	readonly url: string;
	bytes = 0;
	readonly #server: Server;
	readonly #sockets = new Set<Socket>();

	private constructor(server: Server, url: string) {
		this.#server = server;
		this.url = url;
	}

	static async before(targetPort: number): Promise<CountingProxy> {
		const listener = createServer();
		await new Promise<void>((ready) => listener.listen(0, "127.0.0.1", ready));
		const { port } = listener.address() as AddressInfo;
		const proxy = new CountingProxy(listener, `http://127.0.0.1:${port}`);
		listener.on("connection", (client) => proxy.#pass(client, targetPort));
		return proxy;
	}

	async stop(): Promise<void> {
		for (const socket of this.#sockets) {
			socket.destroy();
		}
		await new Promise((closed) => this.#server.close(closed));
	}

	#pass(client: Socket, port: number): void {
		const server = connect(port, "127.0.0.1");
		for (const [from, to] of [
			[client, server],
			[server, client],
		] as const) {
			this.#sockets.add(from);
			from.on("data", (chunk: Buffer) => (this.bytes += chunk.length));
			from.on("error", () => undefined);
			from.on("close", () => {
				this.#sockets.delete(from);
				to.destroy();
			});
			from.pipe(to);
		}
	}
}
