import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { CHECKOUT } from "../../scripts/lib/dependencies.mjs";

/** By its path the page is told from a workbench. */
export const PLAIN_PATH = "/plain";

/** A server of the page that draws every message. */
export interface PlainPages {
	/** @param place where the page's chat is */
	address(place: { readonly url: string; readonly database: string }): string;
	stop(): Promise<void>;
}

/** Serves the page, with the panel's own style, from this machine, as Chromium wants of one that asks there. */
export async function servePlainPages(): Promise<PlainPages> {
	const files = new Map([
		[
			PLAIN_PATH,
			`<!DOCTYPE html><html lang="en"><head><link rel="stylesheet" href="/webview.css"></head><body><div id="app"></div><script src="/plain.js"></script></body></html>`,
		],
		["/plain.js", await readFile(join(CHECKOUT, "out", "bench", "plain.js"), "utf8")],
		["/webview.css", await readFile(join(CHECKOUT, "dist", "webview.css"), "utf8")],
	]);
	const types = new Map([
		["/plain.js", "text/javascript"],
		["/webview.css", "text/css"],
	]);
	const server = createServer(({ url = "" }, response) => {
		const text = files.get(url);
		response.writeHead(text === undefined ? 404 : 200, {
			"content-type": `${types.get(url) ?? "text/html"}; charset=utf-8`,
		});
		response.end(text);
	});
	await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
	const { port } = server.address() as AddressInfo;
	return {
		address: ({ url, database }) => {
			const place = encodeURIComponent(JSON.stringify({ url, database }));
			return `http://127.0.0.1:${port}${PLAIN_PATH}#${place}`;
		},
		stop: async () => {
			server.closeAllConnections();
			await new Promise((closed) => server.close(closed));
		},
	};
}
