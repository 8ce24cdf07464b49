import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startServer } from "../../scripts/lib/spacetimedb.mjs";
import type { Server } from "../support/chatServer";
import { publishAs, upgrade } from "../support/chatServer";
import { TerminalClient } from "../support/terminalClient";
import { TestWindow } from "../support/testWindow";
import { until } from "../support/until";

let server: Server;
const windows: TestWindow[] = [];

beforeAll(async () => {
	server = await startServer();
});
afterAll(async () => {
	await server.stop();
});
afterEach(() => {
	for (const window of windows.splice(0)) {
		window.close();
	}
});

async function windowIn(database: string): Promise<TestWindow> {
	const window = await TestWindow.online(server.url, database);
	windows.push(window);
	return window;
}

test("a window notices a republished module, and messages go on", async () => {
	const owner = await publishAs(server, "again", "ours");
	const window = await windowIn("again");
	await window.say("before");
	await window.sees("before");
	await upgrade(server, "again", owner);
	await window.say("after");
	await window.sees("after", 30_000);
	const fresh = await TerminalClient.connect(server.url, "again");
	const there = fresh.messages();
	fresh.leave();
	expect(there).toEqual(["before", "after"]);
});

test("a silent window receives messages after a module was republished", async () => {
	const owner = await publishAs(server, "listening", "ours");
	const window = await windowIn("listening");
	await upgrade(server, "listening", owner);
	const terminal = await TerminalClient.connect(server.url, "listening");
	terminal.say("is anybody there?");
	const heard = await window.sees("is anybody there?", 60_000);
	terminal.leave();
	expect(heard.text).toBe("is anybody there?");
});

test("a window reloads a quickstart database that is upgraded under it", async () => {
	const owner = await publishAs(server, "becomes", "stock");
	const window = await windowIn("becomes");
	await window.say("in the tutorial's");
	await window.sees("in the tutorial's");
	await upgrade(server, "becomes", owner);
	await window.say("in ours");
	// A quickstart database stores no client ids, so the panel asks the person about an unconfirmed line.
	const doubted = await until(
		"it is in doubt",
		() => window.messages.find(({ state }) => state.kind === "unknown"),
		30_000,
	);
	await window.becomes("online", 30_000);
	window.session.retry(doubted.key);
	await window.sees("in ours");
	const fresh = await TerminalClient.connect(server.url, "becomes");
	const there = fresh.messages();
	fresh.leave();
	expect(there).toEqual(["in the tutorial's", "in ours"]);
});
