import { TestWindow } from "../../test/support/testWindow";
import type { Memory } from "./memory";
import { grown, memoryNow } from "./memory";
import type { SortKey } from "./openOurs";

export interface Scrolled {
	readonly opened: Memory;
	readonly scrolled: Memory;
	/** Messages that were loaded and let go of on the way. */
	readonly messages: number;
	readonly ms: number;
}

/** Opens, and walks back so many messages as somebody does who scrolls up. */
export async function scrollBack({
	url,
	database,
	messages: wanted,
}: SortKey & { readonly messages: number }): Promise<Scrolled> {
	await import("../../src/extension/database/serverSession");
	const before = await memoryNow();
	const window = await TestWindow.online(url, database);
	const opened = grown(before, await memoryNow());
	const { history } = window.session;
	const began = performance.now();
	let messages = 0;
	// Whoever scrolls is not at the end, so what is said there takes no page away.
	history.isReaderAtLatest = false;
	while (messages < wanted && history.window.hasOlder) {
		const known = new Set(window.messages.map(({ key }) => key));
		await history.grow("older");
		messages += window.messages.filter(({ key }) => !known.has(key)).length;
	}
	const ms = performance.now() - began;
	return { opened, scrolled: grown(before, await memoryNow()), messages, ms };
}
