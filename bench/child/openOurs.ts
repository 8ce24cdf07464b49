import { keptWindow } from "./keptWindow";
import type { Memory } from "./memory";
import { grown, memoryNow } from "./memory";

export interface Opened extends Memory {
	/** From the wish to connect to the picture. */
	readonly ms: number;
	readonly messages: number;
}

export interface Place {
	readonly url: string;
	readonly database: string;
}

/**
 * The host's whole side: schema, token, socket, subscriptions, snapshot. `token`: of somebody who was
 * there before; without one an identity is made.
 */
export async function openOurs({
	token,
	...place
}: Place & { readonly token?: string }): Promise<Opened> {
	// The SDK is loaded on the first connect; here as well as in the baseline, before.
	await import("../../src/extension/database/serverSession");
	const before = await memoryNow();
	const window = await keptWindow(place, token);
	const began = performance.now();
	const online = new Promise<void>((settle, fail) => {
		window.session.connection.onDidChangeState((state) => {
			if (state.kind === "online") {
				settle();
			} else if (state.kind !== "connecting") {
				fail(new Error(JSON.stringify(state)));
			}
		});
	});
	window.session.connection.connect();
	await online;
	const ms = performance.now() - began;
	const { length } = window.messages;
	return { ms, messages: length, ...grown(before, await memoryNow()) };
}
