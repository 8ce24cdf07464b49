/*
 * A window in a process of its own, to be killed. Its parent sends the address in a message, and receives
 * each line that is safe. The token goes in those messages and nowhere else.
 */
import { existsSync, readdirSync } from "node:fs";
import { MemorySecrets } from "./memorySecrets";
import { TestWindow } from "./testWindow";
import { until } from "./until";

interface Start {
	readonly url: string;
	readonly database: string;
	readonly folder: string;
	/** The room to send to. The parent adds our identity to the room, and then sends the room. */
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
	// The window stores its token a moment after the first connection.
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
		// The lines of a dead window are in its file until another window adopts them.
		const isJournalEmpty = !existsSync(folder) || readdirSync(folder).length === 0;
		if (window.session.delivery.outbox.length === 0 && isJournalEmpty) {
			process.send?.({ type: "done" });
		}
	}, 50);
}
