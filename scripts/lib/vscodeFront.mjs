// A proxy in front of the VS Code server. It does the few things that code-server's own wrapper, the
// desktop or a person would do, and forwards everything else.

import { createServer, request } from "node:http";
import { changedPage } from "./workbenchPage.mjs";

/** Bytes of the key that the workbench seals secrets with. */
export const KEY_BYTES = 32;

/** @typedef {import("./workbenchPage.mjs").Settings} Settings */

/**
 * @typedef {object} FrontOptions
 * @property {number} port
 * @property {number} innerPort the port of the VS Code server
 * @property {Buffer} key answers `POST /mint-key`; without a key, a reload loses every secret
 * @property {() => Settings} settings
 * @property {boolean} isolatesWebviews makes each webview a site of its own
 */

/**
 * @param {FrontOptions} options
 * @returns {Promise<{ close: () => Promise<void> }>}
 */
export async function startFront({ port, innerPort, key, settings, isolatesWebviews }) {
	/** @type {Set<import("node:net").Socket>} */
	const sockets = new Set();
	/** @param {import("node:http").IncomingMessage} incoming */
	const forwarded = (incoming) => ({
		host: "127.0.0.1",
		port: innerPort,
		method: incoming.method,
		path: incoming.url,
		// The Host header is forwarded: the workbench takes its own address from the header.
		headers: incoming.headers,
	});

	const server = createServer((incoming, answer) => {
		const path = new URL(incoming.url ?? "/", "http://localhost").pathname;
		if (incoming.method === "POST" && path.endsWith("/mint-key")) {
			incoming.resume();
			answer.writeHead(200, { "content-type": "application/octet-stream" }).end(key);
			return;
		}
		const options = forwarded(incoming);
		const isPage = path === "/" && incoming.method === "GET";
		if (isPage) {
			// The page is changed below, so it must be uncompressed and uncached.
			options.headers = { ...incoming.headers };
			delete options.headers["accept-encoding"];
			delete options.headers["if-none-match"];
		}
		const outgoing = request(options, (response) => {
			if (!isPage || response.statusCode !== 200) {
				answer.writeHead(response.statusCode ?? 502, response.headers);
				response.pipe(answer);
				return;
			}
			/** @type {Buffer[]} */
			const chunks = [];
			response.on("data", (chunk) => chunks.push(chunk));
			response.on("end", () => {
				const { html, headers } = changedPage(
					{ html: Buffer.concat(chunks).toString("utf8"), headers: response.headers },
					{ settings: settings(), ...(isolatesWebviews ? { webviewsPort: port } : {}) },
				);
				answer.writeHead(200, headers).end(html);
			});
		});
		outgoing.on("error", () => {
			if (!answer.headersSent) {
				answer.writeHead(502);
			}
			answer.end();
		});
		answer.on("close", () => outgoing.destroy());
		incoming.pipe(outgoing);
	});

	server.on("upgrade", (incoming, socket, head) => {
		const outgoing = request(forwarded(incoming));
		outgoing.on("upgrade", (response, upstream, upstreamHead) => {
			const lines = [`HTTP/1.1 101 ${response.statusMessage ?? "Switching Protocols"}`];
			for (let index = 0; index < response.rawHeaders.length; index += 2) {
				lines.push(`${response.rawHeaders[index]}: ${response.rawHeaders[index + 1]}`);
			}
			socket.write(`${lines.join("\r\n")}\r\n\r\n`);
			socket.write(upstreamHead);
			upstream.write(head);
			upstream.on("error", () => socket.destroy());
			socket.on("error", () => upstream.destroy());
			upstream.on("close", () => socket.destroy());
			socket.on("close", () => upstream.destroy());
			upstream.pipe(socket).pipe(upstream);
		});
		outgoing.on("response", () => socket.destroy());
		outgoing.on("error", () => socket.destroy());
		outgoing.end();
	});
	server.on("connection", (socket) => {
		sockets.add(socket);
		socket.on("close", () => sockets.delete(socket));
	});

	await new Promise((resolve, reject) => {
		server.once("error", reject);
		server.listen(port, "127.0.0.1", () => resolve(undefined));
	});
	return {
		async close() {
			const closed = new Promise((resolve) => server.close(resolve));
			for (const socket of sockets) {
				socket.destroy();
			}
			await closed;
		},
	};
}
