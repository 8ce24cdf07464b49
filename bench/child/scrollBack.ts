import { TestWindow } from "../../test/support/testWindow";
import type { Memory } from "./memory";
import { grown, memoryNow } from "./memory";
import type { Place } from "./openOurs";

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
}: Place & { readonly messages: number }): Promise<Scrolled> {
	await import("../../src/extension/database/serverSession");
	const before = await memoryNow();
	const window = await TestWindow.online(url, database);
	const opened = grown(before, await memoryNow());
	const { openRoom } = window.session;
	const began = performance.now();
	let messages = 0;
	// A reader who scrolls is not at the end, so a new message there drops no page.
	[openRoom.viewStart] = openRoom.log.timeline();
	while (messages < wanted && openRoom.pages.range.hasOlder) {
		const known = new Set(window.messages.map(({ key }) => key));
		await openRoom.pages.grow("older");
		messages += window.messages.filter(({ key }) => !known.has(key)).length;
	}
	const ms = performance.now() - began;
	return { opened, scrolled: grown(before, await memoryNow()), messages, ms };
}
