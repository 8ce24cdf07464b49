import { connectToEverything, EVERYTHING } from "./everythingClient";
import { grown, memoryNow } from "./memory";
import type { Opened, Place } from "./openOurs";

/** The baseline: subscribe to everything, and sort it as the tutorial does. */
export async function openEverything({
	url,
	database,
	kind,
}: Place & { readonly kind: keyof typeof EVERYTHING }): Promise<Opened> {
	const before = await memoryNow();
	const began = performance.now();
	const connection = await connectToEverything(url, database, EVERYTHING[kind]);
	const rows = kind === "ours" ? connection.db.post.iter() : connection.db.message.iter();
	const sorted = [...rows].sort((a, b) =>
		Number(a.sent.microsSinceUnixEpoch - b.sent.microsSinceUnixEpoch),
	);
	const ms = performance.now() - began;
	return { ms, messages: sorted.length, ...grown(before, await memoryNow()) };
}
