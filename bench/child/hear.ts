import { setTimeout as sleep } from "node:timers/promises";
import { chatSnapshot } from "../../src/extension/panel/snapshot";
import { PanelFeed } from "../../src/extension/panel/feed";
import { ViewRange } from "../../src/extension/panel/viewRange";
import type { ToWebview } from "../../src/shared/protocol";
import { TestWindow } from "../../test/support/testWindow";
import { connectToEverything } from "./everythingClient";
import type { Place } from "./openOurs";

export interface Heard {
	readonly messages: number;
	/** CPU that this process used while it heard, in milliseconds. */
	readonly cpuMs: number;
	readonly posts: number;
	/** What the posts have as JSON, the form in which they go to the view. */
	readonly postedBytes: number;
}

export interface HearWish extends Place {
	/** Messages to wait for, and how long at most after the last that came. */
	readonly messages: number;
	readonly limitMs: number;
}

/** Our session with a view that draws at once, but for the view itself, while others talk. */
export async function hearOurs(wish: HearWish): Promise<Heard> {
	const window = await TestWindow.online(wish.url, wish.database);
	const { session } = window;
	let [posts, postedBytes] = [0, 0];
	const view = new ViewRange(session.openRoom, session.people, () => feed.touch());
	const feed: PanelFeed = new PanelFeed({
		post: (message: ToWebview) => {
			posts++;
			postedBytes += JSON.stringify(message).length;
			const drawn =
				message.type === "snapshot"
					? message.chat.seq
					: message.type === "changes"
						? message.seq
						: undefined;
			if (drawn !== undefined) {
				setImmediate(() => feed.drawn(drawn));
			}
		},
		snapshot: (seq) => chatSnapshot(seq, session, view),
		logChanges: () => view.changes(),
	});
	let messages = 0;
	session.people.onDidChange((change) => feed.push({ type: "peopleChanged", ...change }));
	session.openRoom.log.onDidChange(() => feed.touch());
	session.openRoom.log.onDidReceive((message) => {
		messages++;
		view.received(message);
	});
	feed.ready();
	const cpuMs = await cpuUntil(() => messages, wish);
	return { messages, cpuMs, posts, postedBytes };
}

/** The baseline: subscribed to everything, and keeps what comes. */
export async function hearEverything(wish: HearWish): Promise<Heard> {
	const { messages } = await connectToEverything(wish.url, wish.database, "ours");
	const before = messages.length;
	const cpuMs = await cpuUntil(() => messages.length - before, wish);
	return { messages: messages.length - before, cpuMs, posts: 0, postedBytes: 0 };
}

async function cpuUntil(heard: () => number, { messages, limitMs }: HearWish): Promise<number> {
	const before = process.cpuUsage();
	let [seen, lastMs] = [0, performance.now()];
	while (heard() < messages && performance.now() - lastMs < limitMs) {
		await sleep(20);
		lastMs = heard() > seen ? performance.now() : lastMs;
		seen = heard();
	}
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1_000;
}
