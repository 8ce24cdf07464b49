import { connectToEverything, type Kind } from "./everythingClient";
import { grown, memoryNow } from "./memory";
import type { Opened, Place } from "./openOurs";

/** The baseline: subscribe to everything, and sort it as the tutorial does. */
export async function openEverything({
	url,
	database,
	kind,
	token,
}: Place & { readonly kind: Kind; readonly token?: string }): Promise<Opened> {
	const before = await memoryNow();
	const began = performance.now();
	const { messages } = await connectToEverything(url, database, kind, token);
	messages.sort((a, b) => Number(a.sent.microsSinceUnixEpoch - b.sent.microsSinceUnixEpoch));
	const ms = performance.now() - began;
	const memory = grown(before, await memoryNow());
	return { ms, messages: messages.length, ...memory };
}
