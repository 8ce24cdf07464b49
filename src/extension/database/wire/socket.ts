import { gunzipSync } from "node:zlib";
import WebSocket from "ws";
import { FrameWatch } from "./frameWatch";
import { networkDetail } from "./networkDetail";

/** Bytes; server 1.3.0 aborts a socket at 32 MiB itself. Also the limit after decompression. */
const MAX_FRAME_BYTES = 64 * 1024 * 1024;
const HANDSHAKE_TIMEOUT_MS = 15_000;
/** The server pings every 15 s and cuts after 30 s without a frame (server 1.3.0): two pings missed. */
const SILENCE_LIMIT_MS = 35_000;

/** What the SDK hands to `withWSFn` at run time; its declaration omits some (SDK 1.3.3). */
export interface SocketArguments {
	readonly url: URL;
	readonly nameOrAddress: string;
	readonly wsProtocol: string;
	readonly authToken?: string;
	readonly compression?: "gzip" | "none";
	readonly lightMode?: boolean;
}

/** How a socket ended: exactly one of these is told for each socket. */
export type SocketEnd =
	/** The server answered the upgrade with a status instead. */
	| { readonly kind: "refused"; readonly status: number }
	| { readonly kind: "unreachable"; readonly detail: string }
	| { readonly kind: "closed"; readonly code: number; readonly detail: string }
	| { readonly kind: "silent" }
	/** A frame that can't be read, by us or by the SDK. */
	| { readonly kind: "badFrame"; readonly detail: string };

export interface SocketListener {
	ended(end: SocketEnd): void;
}

/**
 * The SDK's socket, in its place (SDK 1.3.3, `withWSFn`). The stock one reports a close as an error,
 * hands on compressed frames out of order, and puts a token into the URL; this one sends the token as
 * a header, decompresses synchronously, and tells its end once, to the listener alone: the SDK's own
 * `onclose` and `onerror` are never called, since the connection is thrown away anyway.
 */
export class ChatSocket {
	onopen?: () => void;
	onmessage?: (message: { readonly data: Uint8Array }) => void;
	onclose?: () => void;
	onerror?: () => void;

	readonly #socket: WebSocket;
	readonly #listener: SocketListener;
	readonly #watch: FrameWatch;
	#silence: NodeJS.Timeout | undefined;
	#lastFrameMs = Date.now();
	#hasEnded = false;

	constructor(args: SocketArguments, listener: SocketListener) {
		this.#listener = listener;
		this.#watch = new FrameWatch(
			(message) => this.onmessage?.(message),
			(detail) => this.#end({ kind: "badFrame", detail }),
		);
		this.#socket = new WebSocket(subscribeUrl(args), args.wsProtocol, {
			...(args.authToken === undefined
				? {}
				: { headers: { Authorization: `Bearer ${args.authToken}` } }),
			handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
			maxPayload: MAX_FRAME_BYTES,
			perMessageDeflate: false,
		});
		this.#socket.binaryType = "nodebuffer";
		this.#socket.on("open", () => {
			this.#watchSilence();
			this.onopen?.();
		});
		this.#socket.on("message", (data) => this.#receive(data as Buffer));
		this.#socket.on("ping", () => this.#heard());
		this.#socket.on("unexpected-response", (_request, response) => {
			response.resume();
			this.#end({ kind: "refused", status: response.statusCode ?? 0 });
		});
		this.#socket.on("error", (error) => this.#failed(error));
		this.#socket.on("close", (code, reason) =>
			this.#end({ kind: "closed", code, detail: reason.toString("utf8") }),
		);
	}

	/** Dropped without an error unless the socket is open: whoever sends has a time-out. */
	send(data: Uint8Array): void {
		if (this.#socket.readyState === WebSocket.OPEN) {
			this.#socket.send(data);
		}
	}

	/** Ends the socket by wish; the listener hears nothing more. */
	close(): void {
		this.#hasEnded = true;
		this.#release();
		this.#socket.close(1000);
		// A half-open link never answers the closing handshake.
		setTimeout(() => this.#socket.terminate(), 2_000).unref();
	}

	#receive(data: Buffer): void {
		if (this.#hasEnded) {
			return;
		}
		this.#heard();
		let frame: Uint8Array;
		try {
			frame = decompress(data);
		} catch (error) {
			this.#end({ kind: "badFrame", detail: error instanceof Error ? error.message : "" });
			return;
		}
		this.#watch.deliver(frame);
	}

	#failed(error: Error): void {
		this.#end(
			this.#socket.readyState === WebSocket.CONNECTING || this.#silence === undefined
				? { kind: "unreachable", detail: networkDetail(error) }
				: { kind: "closed", code: 1006, detail: networkDetail(error) },
		);
	}

	#heard(): void {
		this.#lastFrameMs = Date.now();
	}

	#watchSilence(): void {
		this.#heard();
		const check = () => {
			const quietMs = Date.now() - this.#lastFrameMs;
			if (quietMs >= SILENCE_LIMIT_MS) {
				this.#end({ kind: "silent" });
			} else {
				this.#silence = setTimeout(check, SILENCE_LIMIT_MS - quietMs);
			}
		};
		this.#silence = setTimeout(check, SILENCE_LIMIT_MS);
	}

	#end(end: SocketEnd): void {
		if (this.#hasEnded) {
			return;
		}
		this.#hasEnded = true;
		this.#release();
		this.#socket.terminate();
		this.#listener.ended(end);
	}

	#release(): void {
		clearTimeout(this.#silence);
		this.#watch.stop();
	}
}

/**
 * The first byte of a frame tells its compression: 0 none, 1 brotli, 2 gzip (server 1.3.0). The result
 * has an ArrayBuffer of its own: the SDK's reader looks at the whole of it (SDK 1.3.3), so a truncated
 * frame in a shared one would be filled up with a neighbour's bytes.
 */
function decompress(data: Buffer): Uint8Array {
	switch (data[0]) {
		case 0:
			return new Uint8Array(data.subarray(1));
		case 2:
			return new Uint8Array(gunzipSync(data.subarray(1), { maxOutputLength: MAX_FRAME_BYTES }));
		default:
			throw new Error(`unknown compression ${data[0] ?? "of an empty frame"}`);
	}
}

function subscribeUrl(args: SocketArguments): URL {
	const url = new URL(`v1/database/${encodeURIComponent(args.nameOrAddress)}/subscribe`, args.url);
	url.search = args.url.search;
	url.searchParams.set("compression", args.compression === "gzip" ? "Gzip" : "None");
	if (args.lightMode === true) {
		url.searchParams.set("light", "true");
	}
	return url;
}
