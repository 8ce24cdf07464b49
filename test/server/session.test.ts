import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { shortIdentity } from "../../src/shared/person";
import { startServer } from "../../scripts/lib/spacetimedb.mjs";
import type { Server } from "../support/chatServer";
import { publishAs } from "../support/chatServer";
import { MemorySecrets } from "../support/memorySecrets";
import { TerminalClient } from "../support/terminalClient";
import { TestWindow } from "../support/testWindow";
import { until } from "../support/until";

let server: Server;
const windows: TestWindow[] = [];
const terminals: TerminalClient[] = [];

beforeAll(async () => {
	server = await startServer();
	await publishAs(server, "chat-ours", "ours");
	await publishAs(server, "chat-stock", "stock");
	await publishAs(server, "chat-csharp", "csharpNames");
	await publishAs(server, "no-chat", "notAChat");
	await publishAs(server, "wrong-columns", "wrongColumns");
});
afterAll(async () => {
	await server.stop();
});
afterEach(() => {
	for (const window of windows.splice(0)) {
		window.close();
	}
	for (const terminal of terminals.splice(0)) {
		terminal.leave();
	}
});

async function openWindow(database: string, secrets?: MemorySecrets): Promise<TestWindow> {
	const window = await TestWindow.online(server.url, database, secrets);
	windows.push(window);
	return window;
}

function closedWindow(url: string, database: string, secrets?: MemorySecrets): TestWindow {
	const window = new TestWindow(url, database, secrets);
	windows.push(window);
	return window;
}

async function openTerminal(database: string): Promise<TerminalClient> {
	const terminal = await TerminalClient.connect(server.url, database);
	terminals.push(terminal);
	return terminal;
}

function triesOf(window: TestWindow): number {
	return window.states.filter(({ kind }) => kind === "connecting").length;
}

describe.each(["chat-ours", "chat-stock"])("in %s", (database) => {
	test("the terminal prints the panel's message once and at once", async () => {
		const terminal = await openTerminal(database);
		const window = await openWindow(database);
		await window.say("from the panel");
		await terminal.sees(/: from the panel$/);
		expect(terminal.lines.filter((line) => line.endsWith(": from the panel"))).toHaveLength(1);
	});

	test("the panel shows the terminal's message once and at once", async () => {
		const terminal = await openTerminal(database);
		const window = await openWindow(database);
		terminal.say("from the terminal");
		await window.sees("from the terminal");
		expect(window.texts.filter((text) => text === "from the terminal")).toHaveLength(1);
	});

	test("a new name in the panel or in the terminal makes a notice for the other", async () => {
		const terminal = await openTerminal(database);
		const window = await openWindow(database);
		expect(await window.say("/name Ada")).toEqual({ kind: "accepted" });
		await terminal.sees(new RegExp(`^${window.me.slice(0, 8)} is now Ada$`));
		terminal.say("/name Grace");
		await window.seesNotice(`renamed ${shortIdentity(terminal.identity)} Grace`);
	});

	test("a person who connects makes a notice", async () => {
		const window = await openWindow(database);
		const terminal = await openTerminal(database);
		await window.seesNotice(`joined ${shortIdentity(terminal.identity)}`);
	});

	test("the backlog is sorted by sent and brings no notices", async () => {
		const terminal = await openTerminal(database);
		for (const word of ["one", "two", "three"]) {
			terminal.say(word);
		}
		await terminal.sees(/: three$/);
		const window = await openWindow(database);
		expect({
			texts: window.texts.slice(-3),
			told: window.notices.filter((notice) => !notice.startsWith("Connected to")),
		}).toEqual({ texts: ["one", "two", "three"], told: [] });
	});

	test("a refused name comes back with the value and the reason", async () => {
		const window = await openWindow(database);
		expect(await window.say("/name   ")).toEqual({
			kind: "refused",
			sentence:
				"Could not set the name “”: a name needs at least one visible character.",
		});
	});

	test("the kept token restores the same identity", async () => {
		const secrets = new MemorySecrets();
		const first = await openWindow(database, secrets);
		const { me } = first;
		first.close();
		const second = await openWindow(database, secrets);
		expect(second.me).toBe(me);
	});

	test("two simultaneous windows of one person have one identity", async () => {
		const secrets = new MemorySecrets();
		const both = [
			closedWindow(server.url, database, secrets),
			closedWindow(server.url, database, secrets),
		];
		for (const window of both) {
			window.session.connection.connect();
		}
		await until("both are online as one", () => {
			const [first, second] = both.map(({ me }) => me);
			return first !== "" && first === second;
		});
		expect([...secrets.stored.keys()]).toHaveLength(1);
	});

	test("an own message is pending, then sent under the same key", async () => {
		const window = await openWindow(database);
		const id = crypto.randomUUID();
		void window.say("with a key", undefined, id);
		const before = window.messages.at(-1);
		const after = await window.sees("with a key");
		expect([before?.key, before?.state.kind, after.key]).toEqual([id, "pending", id]);
	});
});

test("a message that the module refuses fails with the reason", async () => {
	const window = await openWindow("chat-stock");
	// Bypasses our own check on purpose: the quickstart's module refuses an empty text.
	void window.session.delivery.enqueue(crypto.randomUUID(), "");
	const failed = await until("it failed", () =>
		window.messages.find(({ state }) => state.kind === "failed"),
	);
	expect(failed.state).toEqual({ kind: "failed", reason: "Messages must not be empty" });
});

test("the quickstart's C# names are accepted as the same chat", async () => {
	const window = await openWindow("chat-csharp");
	await window.say("/name Ada");
	await window.say("in C#");
	const message = await window.sees("in C#");
	expect(window.session.people.get(message.sender)?.name).toBe("Ada");
});

test("a database without a chat is refused, with its tables and the needed ones", async () => {
	const window = closedWindow(server.url, "no-chat");
	window.session.connection.connect();
	const { reason, remedy } = await window.becomes("refused");
	expect([reason, remedy]).toEqual([
		{
			code: "notAChat",
			sentence:
				"The database “no-chat” is not a chat that this panel supports. Found: no table user. Needed: user(Identity, Option<String>, Bool).",
		},
		"changeServer",
	]);
});

test("R6: a chat with another column is refused after one try, with its columns and the needed ones", async () => {
	const window = closedWindow(server.url, "wrong-columns");
	window.session.connection.connect();
	const { reason, remedy } = await window.becomes("refused");
	console.log(`R6: ${triesOf(window)} attempt at a wrong schema, ${remedy}`);
	expect([reason.sentence, remedy, triesOf(window)]).toEqual([
		"The database “wrong-columns” is not a chat that this panel supports. Found: message(Identity, Timestamp, String, U32). Needed: message(Identity, Timestamp, String).",
		"changeServer",
		1,
	]);
});

test("R6: a missing database is refused after one try", async () => {
	const window = closedWindow(server.url, "nowhere");
	window.session.connection.connect();
	const { reason, remedy } = await window.becomes("refused");
	console.log(`R6: ${triesOf(window)} attempt at 404, ${remedy}`);
	expect([reason.code, remedy, triesOf(window)]).toEqual(["noDatabase", "changeServer", 1]);
});

test("R6: a token of another server is refused after one try, and kept", async () => {
	const secrets = new MemorySecrets();
	const window = closedWindow(server.url, "chat-ours", secrets);
	secrets.stored.set(
		`spacetimedbChat.token:${server.url}/#chat-ours`,
		"eyJhbGciOiJub25lIn0.e30.c2lnbmF0dXJl",
	);
	window.session.connection.connect();
	const { reason, remedy } = await window.becomes("refused");
	console.log(`R6: ${triesOf(window)} attempt at 401, ${remedy}`);
	expect([reason.code, remedy, secrets.stored.size, triesOf(window)]).toEqual([
		"badToken",
		"forgetIdentity",
		1,
		1,
	]);
});

test.each([
	["", "quickstart-chat", "The setting “SpacetimeDB Chat: Server” is empty."],
	[
		"ftp://localhost",
		"quickstart-chat",
		"The setting “SpacetimeDB Chat: Server” must start with http:// or https://.",
	],
	[
		"http://localhost:3000",
		"a/../b",
		"The setting “SpacetimeDB Chat: Database” may hold letters, digits, “-”, “_” and “.” only.",
	],
])("the settings %j and %j are refused in one sentence, without a try", async (url, database, sentence) => {
	const window = closedWindow(url, database);
	window.session.connection.connect();
	const { reason, remedy } = await window.becomes("refused");
	expect([reason.sentence, remedy]).toEqual([sentence, "openSettings"]);
});

test("an unencrypted address of another machine asks before anything is sent", async () => {
	const window = closedWindow("http://192.0.2.1:3000", "quickstart-chat");
	window.session.connection.connect();
	const { reason, remedy } = await window.becomes("refused");
	expect([reason.code, remedy]).toEqual(["insecure", "allowInsecure"]);
});

test("a window retries a server that does not answer", async () => {
	const window = closedWindow("http://127.0.0.1:9", "chat-ours");
	window.session.connection.connect();
	const { reason } = await window.becomes("waiting");
	expect(reason.code).toBe("unreachable");
});

test("a failing secret store is reported, and the chat goes on", async () => {
	const secrets = new MemorySecrets();
	secrets.failure = new Error("no key ring");
	const window = await openWindow("chat-ours", secrets);
	await window.say("still here");
	await window.sees("still here");
	expect(window.notices).toContain(
		"VS Code could not keep your identity: after this window closes you will be somebody new.",
	);
});

test("forgetting the identity makes a new one", async () => {
	const window = await openWindow("chat-ours");
	const before = window.me;
	await window.session.connection.forgetIdentity();
	await window.becomes("online");
	expect(window.me).not.toBe(before);
});

test("the token is in no log, state, entry or sentence", async () => {
	const secrets = new MemorySecrets();
	const window = await openWindow("chat-ours", secrets);
	await window.say("/name Canary");
	const [token = "no token"] = [...secrets.stored.values()];
	window.server = "http://127.0.0.1:9";
	window.session.connection.connect();
	await window.becomes("waiting");
	const everything = JSON.stringify([window.logged, window.states, window.session.openRoom.log.timeline()]);
	expect([token.length > 100, everything.includes(token)]).toEqual([true, false]);
});
