import WebSocket from "ws";
import { TestWindow } from "../../test/support/testWindow";
import { connectToEverything } from "./everythingClient";
import type { Place } from "./openOurs";

/** What our session says to the server until it has its picture: its frames in base64. */
export async function framesOfOurs({ url, database }: Place): Promise<string[]> {
	const frames = recordedFrames();
	await TestWindow.online(url, database);
	return frames;
}

/** The same of a client that subscribes to everything. */
export async function framesOfEverything({ url, database }: Place): Promise<string[]> {
	const frames = recordedFrames();
	// The SDK takes its socket from undici, unless there is another.
	Object.assign(globalThis, { WebSocket });
	await connectToEverything(url, database, "ours");
	return frames;
}

/** Notes from now on what is said on any socket. */
function recordedFrames(): string[] {
	const frames: string[] = [];
	const { prototype } = WebSocket as unknown as {
		prototype: { send: (this: WebSocket, data: Uint8Array) => void };
	};
	const { send } = prototype;
	prototype.send = function (data) {
		frames.push(Buffer.from(data).toString("base64"));
		send.call(this, data);
	};
	return frames;
}
