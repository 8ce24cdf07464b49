/*
 * A window in a process of its own, to be killed. It is told where to send by messages of its parent,
 * and tells each line that is safe. The token comes and goes in those messages and nowhere else.
 */
import { existsSync, readdirSync } from "node:fs";
import { MemorySecrets } from "./memorySecrets";
import { TestWindow } from "./testWindow";
import { until } from "./until";

interface Start {
	readonly url: string;
	readonly database: string;
	readonly folder: string;
	/** Where to say it. The parent lets us in once it knows who we are, and says so. */
	readonly room: number;
	readonly secrets: readonly (readonly [string, string])[];
	readonly identities: readonly (readonly [string, string])[];
	readonly texts: readonly string[];
}

process.once("message", (start: Start) => void run(start));

async function run({
	url,
	database,
	folder,
	room,
	secrets,
	identities,
	texts,
}: Start): Promise<void> {
	const kept = new MemorySecrets();
	for (const [key, token] of secrets) {
		kept.stored.set(key, token);
	}
	for (const [key, identity] of identities) {
		kept.remember(key, identity);
	}
	const window = new TestWindow(url, database, kept, folder);
	window.session.connection.connect();
	await window.becomes("online");
	// The token is kept a moment after the first connection.
	while (kept.stored.size === 0) {
		await new Promise((wake) => setTimeout(wake, 5));
	}
	const key = window.session.address?.key ?? "";
	const begin = new Promise<void>((resolve) => process.once("message", () => resolve()));
	process.send?.({
		type: "online",
		secrets: [...kept.stored],
		identities: [[key, window.me]],
		me: window.me,
		token: [...kept.stored.values()][0],
	});
	await begin;
	await until("we may enter", () => window.session.rooms.get(room));
	await window.session.enterRoom(room);
	const waiting = () =>
		window.session.delivery.outbox.filter(({ state }) => state === "queued").length;
	for (const text of texts) {
		if ((await window.say(text)).kind === "accepted") {
			process.send?.({ type: "safe", text, waiting: waiting() });
		}
	}
	setInterval(() => {
		// Lines of a window that died are in its file until they are taken over.
		const isJournalEmpty = !existsSync(folder) || readdirSync(folder).length === 0;
		if (window.session.delivery.outbox.length === 0 && isJournalEmpty) {
			process.send?.({ type: "done" });
		}
	}, 50);
}
