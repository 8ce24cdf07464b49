import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, test } from "vitest";
import { createIdentity } from "../../scripts/lib/databases.mjs";
import { startServer } from "../../scripts/lib/spacetimedb.mjs";
import { confirmDelete } from "../../src/extension/commands/messageActions";
import { sendMessage } from "../../src/extension/chat/sendMessage";
import type { RoomAddress } from "../../src/shared/room";
import { Caller, LOBBY } from "../support/callers";
import type { CRATES, Server } from "../support/chatServer";
import { liftRates, publishAs } from "../support/chatServer";
import { FaultProxy } from "../support/faultProxy";
import { TerminalClient } from "../support/terminalClient";
import { TestWindow } from "../support/testWindow";
import { until } from "../support/until";
import { window as vscodeWindow } from "../support/vscodeStub";

const NOT_IN_THE_ROOM = "you are not in the room that it was written for.";

let server: Server;
const windows: TestWindow[] = [];
let databases = 0;

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

/** A database of ours with a private room and a public one, in which a window and its host are. */
class Place {
	readonly database: string;
	readonly host: Caller;
	readonly window: TestWindow;
	readonly proxy: FaultProxy;
	readonly #owner: { readonly token: string };
	readonly secret: number;
	readonly ops: number;

	private constructor(
		database: string,
		owner: { readonly token: string },
		host: Caller,
		window: TestWindow,
		proxy: FaultProxy,
		rooms: { readonly secret: number; readonly ops: number },
	) {
		this.database = database;
		this.#owner = owner;
		this.host = host;
		this.window = window;
		this.proxy = proxy;
		this.secret = rooms.secret;
		this.ops = rooms.ops;
	}

	static async open(): Promise<Place> {
		const database = `addressed-${++databases}`;
		const owner = await publishAs(server, database, "ours");
		await liftRates(server, database, owner);
		const proxy = await FaultProxy.before(server);
		const host = new Caller(server.url, database, await createIdentity(server.url));
		const window = await TestWindow.online(proxy.url, database);
		windows.push(window);
		await host.do("create_room", "secret", "", true, "secret");
		await host.do("create_room", "ops", "", false, "ops");
		const [[secret] = []] = await host.rows("SELECT room FROM private_room");
		const [[ops] = []] = await host.rows("SELECT id FROM room WHERE name = 'ops'");
		await host.do("invite", Number(secret), [`0x${window.me}`]);
		await until("the rooms are there", () => window.session.rooms.all.length === 3);
		return new Place(database, owner, host, window, proxy, {
			secret: Number(secret),
			ops: Number(ops),
		});
	}

	/** Takes the window off the network. */
	async goOffline(): Promise<void> {
		this.window.session.connection.disconnect();
		await this.window.becomes("disconnected");
	}

	async goOnline(): Promise<void> {
		this.window.session.connection.connect();
		await this.window.becomes("online", 30_000);
	}

	/** Deletes the database and publishes another one under its name. */
	async replace(crate: keyof typeof CRATES): Promise<void> {
		const url = new URL(`/v1/database/${this.database}`, server.url);
		const headers = { authorization: `Bearer ${this.#owner.token}` };
		const response = await fetch(url, { method: "DELETE", headers });
		expect(response.status).toBe(200);
		await publishAs(server, this.database, crate);
	}

	/** Every text that a stranger reads in the database. */
	async texts(): Promise<string[]> {
		const terminal = await TerminalClient.connect(server.url, this.database);
		const texts = terminal.messages();
		terminal.leave();
		const stranger = new Caller(server.url, this.database, await createIdentity(server.url));
		const posts = await stranger.rows("SELECT text FROM post").catch(() => []);
		return [...new Set([...texts, ...posts.map(([text]) => String(text))])].sort();
	}

	/** The lines that were not sent, with the reason. */
	get failed(): string[] {
		return this.window.session.delivery.outbox.flatMap(({ text, state, reason }) =>
			state === "failed" ? [`${text}: ${reason}`] : [],
		);
	}

	async isFailed(count: number): Promise<void> {
		await until("the lines have failed", () => this.failed.length === count, 30_000);
	}
}

/** The text of every journal in a folder. */
async function readJournals(folder: string): Promise<string> {
	const names = await readdir(folder);
	return (await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")))).join();
}

test("a line that was typed offline in a private room does not go to the tutorial's database that has its place", async () => {
	const place = await Place.open();
	const { window, secret } = place;
	await window.session.enterRoom(secret);
	await place.goOffline();
	await window.say("a secret");
	await window.say("to all", LOBBY);
	await place.replace("stock");
	await place.goOnline();
	await place.isFailed(1);
	await window.sees("to all");
	expect([
		await place.texts(),
		place.failed,
		window.session.openRoom.id,
	]).toEqual([["to all"], [`a secret: ${NOT_IN_THE_ROOM}`], LOBBY]);
	// Sent again on purpose, it stays all the same.
	const [entry] = window.session.delivery.outbox.filter(({ state }) => state === "failed");
	window.session.retry(entry?.clientId ?? "");
	await place.isFailed(1);
	expect(await place.texts()).toEqual(["to all"]);
});

test("a line of a room does not go to the room of another database that has its id", async () => {
	const place = await Place.open();
	const { window, ops } = place;
	await window.session.enterRoom(ops);
	const before = window.session.roomAddress(ops);
	await place.goOffline();
	await window.say("for the old ops");
	await place.replace("ours");
	await new Caller(server.url, place.database, await createIdentity(server.url)).do(
		"create_room",
		"other",
		"",
		false,
		"other",
	);
	await place.goOnline();
	await place.isFailed(1);
	const found = window.session.rooms.get(ops);
	expect([found?.name, await place.texts(), place.failed]).toEqual([
		"other",
		[],
		[`for the old ops: ${NOT_IN_THE_ROOM}`],
	]);
	expect(window.session.problemWith(before)).toBe(
		"This was meant for a room that you are not in, so it was not done.",
	);
	// The room that has the id now is neither the one that was open, nor does it show its line.
	expect([window.session.openRoom.id, window.notices]).toEqual([
		LOBBY,
		expect.arrayContaining([
			"You are no longer in #ops, so this room was opened.",
			`The message “for the old ops” for #ops was not sent: ${NOT_IN_THE_ROOM}`,
		]),
	]);
	await window.session.enterRoom(ops);
	await until("its messages are there", () => window.session.openRoom.log.hasBacklog);
	expect(window.texts).toEqual([]);
});

test("a line that fails again after a retry is reported again", async () => {
	const place = await Place.open();
	const { window, host, secret } = place;
	await window.session.enterRoom(secret);
	await place.goOffline();
	await window.say("a secret");
	await host.do("remove_member", secret, [`0x${window.me}`]);
	await place.goOnline();
	const notice = `The message “a secret” for #secret was not sent: ${NOT_IN_THE_ROOM}`;
	const count = () => window.notices.filter((one) => one === notice).length;
	await until("it is reported", () => count() === 1);
	window.session.retry(window.session.delivery.outbox[0]?.clientId ?? "");
	await until("it is reported again", () => count() === 2);
	// Another connection alone reports nothing again.
	await place.goOffline();
	await place.goOnline();
	expect(count()).toBe(2);
});

test("a line of the open room that fails is shown there, without a notice", async () => {
	const place = await Place.open();
	const { window, host, secret } = place;
	await window.session.enterRoom(secret);
	await place.goOffline();
	await window.say("a secret");
	await host.do("archive_room", secret, true);
	await place.goOnline();
	await place.isFailed(1);
	expect([window.messages.map(({ state }) => state.kind), window.notices]).toEqual([
		["failed"],
		[],
	]);
	await window.session.enterRoom(LOBBY);
	await window.seesNotice("The message “a secret” for #secret was not sent: This room is archived");
});

test("a line keeps its room when another window of the same person opens another room", async () => {
	const place = await Place.open();
	const { window, secret } = place;
	await window.session.enterRoom(secret);
	const target = window.session.roomAddress(secret);
	await place.goOffline();
	const next = new TestWindow(window.server, place.database, window.secrets);
	windows.push(next);
	const other = new TestWindow(window.server, place.database, window.secrets);
	windows.push(other);
	await other.session.enterRoom(LOBBY);
	expect([next.session.openRoom.id, next.session.roomAddress(secret)]).toEqual([secret, target]);
});

test("a question that is answered after the settings changed does nothing elsewhere", async () => {
	const place = await Place.open();
	const other = await Place.open();
	const { window } = place;
	window.database = other.database;
	await place.goOnline();
	await window.say("mine");
	const { post } = await window.sees("mine");
	window.database = place.database;
	await place.goOnline();
	await window.say("mine too");
	await window.sees("mine too");
	vscodeWindow.showWarningMessage = async (_question, _options, yes) => {
		window.database = other.database;
		await place.goOnline();
		return yes;
	};
	const target = window.session.roomAddress(LOBBY);
	await expect(confirmDelete(window.session, target, post?.seq ?? -1)).rejects.toThrow(
		"This was meant for another database, so it was not done.",
	);
	expect(await other.texts()).toEqual(["mine"]);
});

test("a line for a room that one was removed from fails, and the lobby's goes", async () => {
	const place = await Place.open();
	const { window, host, secret } = place;
	await window.session.enterRoom(secret);
	await place.goOffline();
	await window.say("a secret");
	await window.say("to all", LOBBY);
	await host.do("remove_member", secret, [`0x${window.me}`]);
	await place.goOnline();
	await place.isFailed(1);
	await until("the lobby's is there", async () => (await place.texts()).includes("to all"));
	expect([place.failed, window.session.openRoom.id]).toEqual([
		[`a secret: ${NOT_IN_THE_ROOM}`],
		LOBBY,
	]);
});

test("a line for a room that was archived fails with the reason", async () => {
	const place = await Place.open();
	const { window, host, secret } = place;
	await window.session.enterRoom(secret);
	await place.goOffline();
	await window.say("a secret");
	await host.do("archive_room", secret, true);
	await place.goOnline();
	await place.isFailed(1);
	expect([await place.texts(), place.failed.length, window.session.openRoom.id]).toEqual([
		[],
		1,
		secret,
	]);
});

test("lines wait for their database while the settings name another one", async () => {
	const place = await Place.open();
	const other = await Place.open();
	const { window, secret } = place;
	await window.session.enterRoom(secret);
	await place.goOffline();
	await window.say("a secret");
	await window.say("to all", LOBBY);
	window.database = other.database;
	await place.goOnline();
	await window.say("elsewhere");
	await window.sees("elsewhere");
	const elsewhere = await other.texts();
	window.database = place.database;
	await place.goOnline();
	await until("the lines are sent", () => window.session.delivery.outbox.every(({ state }) => state === "acked"));
	const inSecret = await place.host.rows(`SELECT text FROM private_post WHERE room = ${secret}`);
	expect([elsewhere, await place.texts(), inSecret.flat(), window.session.openRoom.id]).toEqual([
		["elsewhere"],
		["to all"],
		["a secret"],
		secret,
	]);
});

test("settings that change while the answer is under way send no line to the other database", async () => {
	const place = await Place.open();
	const other = await Place.open();
	const { window } = place;
	await place.goOffline();
	await window.say("for the first", LOBBY);
	window.database = other.database;
	await place.goOnline();
	await place.goOffline();
	window.session.connection.connect();
	// The settings change, and the window is told a moment later.
	window.database = place.database;
	await window.becomes("online", 30_000);
	await new Promise((wake) => setTimeout(wake, 500));
	expect([await other.texts(), await place.texts()]).toEqual([[], []]);
});

test("the lines of a window that is gone are for their room in every database", async () => {
	const place = await Place.open();
	const { window, secret } = place;
	await window.session.enterRoom(secret);
	await place.goOffline();
	await window.say("a secret");
	await window.say("to all", LOBBY);
	window.close();
	await place.replace("stock");
	const next = new TestWindow(window.server, place.database, window.secrets, window.folder);
	windows.push(next);
	next.session.connection.connect();
	await next.becomes("online", 30_000);
	await until("both lines are told", () =>
		next.session.delivery.outbox.filter(({ state }) => state === "failed" || state === "unknown")
			.length === 2
	);
	const states = next.session.delivery.outbox.map(({ text, state }) => `${text} ${state}`);
	expect([await place.texts(), states.sort()]).toEqual([[], ["a secret failed", "to all unknown"]]);
});

test("a message typed before a first connection is sent by the first window that connects", async () => {
	const place = await Place.open();
	const { window } = place;
	// Typed before the first connection, in a window that is gone.
	const first = new TestWindow(window.server, place.database);
	await first.say("typed early", LOBBY);
	first.close();
	// A window that is connected already.
	const next = new TestWindow(window.server, place.database, window.secrets, first.folder);
	windows.push(next);
	next.session.connection.connect();
	await next.sees("typed early");
});

test("a line for a room that one is removed from under the eyes stays with the writer", async () => {
	const place = await Place.open();
	const { window, host, secret } = place;
	await window.session.enterRoom(secret);
	await host.do("remove_member", secret, [`0x${window.me}`]);
	await until("it is gone", () => window.session.rooms.get(secret) === undefined);
	const outcome = await window.say("a secret");
	expect([outcome, window.session.delivery.outbox, await place.texts()]).toEqual([
		{
			kind: "refused",
			sentence: "This was meant for a room that you are not in, so it was not done.",
		},
		[],
		[],
	]);
});

test("a failed line is reported in the next window too", async () => {
	const place = await Place.open();
	const { window, host, secret } = place;
	await window.session.enterRoom(secret);
	await place.goOffline();
	await window.say("a secret");
	await host.do("remove_member", secret, [`0x${window.me}`]);
	await place.goOnline();
	await place.isFailed(1);
	// The journal has the failure in a moment.
	await until("it is kept", async () => (await readJournals(window.folder)).includes(NOT_IN_THE_ROOM));
	window.close();
	const next = new TestWindow(window.server, place.database, window.secrets, window.folder);
	windows.push(next);
	next.session.connection.connect();
	await next.becomes("online");
	await next.seesNotice(`The message “a secret” for another room was not sent: ${NOT_IN_THE_ROOM}`);
});

test("an answer in a private room goes nowhere else", async () => {
	const place = await Place.open();
	const { window, host, secret } = place;
	await host.do("post_message", secret, "question", "a question");
	await window.session.enterRoom(secret);
	await window.sees("a question");
	await place.goOffline();
	await sendMessage(window.session, {
		clientId: crypto.randomUUID(),
		text: "a secret answer",
		target: window.session.roomAddress(secret),
		replyTo: 0,
	});
	await place.replace("stock");
	await place.goOnline();
	await place.isFailed(1);
	expect(await place.texts()).toEqual([]);
});

describe("the room last asked for opens", () => {
	it("when it is entered while the connection is made", async () => {
		const place = await Place.open();
		const { window, secret } = place;
		await place.goOffline();
		window.session.connection.connect();
		await window.session.enterRoom(secret);
		await window.becomes("online");
		await until("its messages are there", () => window.session.openRoom.log.hasBacklog);
		expect(window.session.openRoom.id).toBe(secret);
	});

	it.each([1, 20, 60])("when two are entered %i ms into the connection", async (ms) => {
		const place = await Place.open();
		const { window, secret, ops } = place;
		await place.host.do("post_message", ops, "in-ops", "said in ops");
		await place.host.do("post_message", secret, "in-secret", "said in secret");
		await place.goOffline();
		window.session.connection.connect();
		await new Promise((wake) => setTimeout(wake, ms));
		void window.session.enterRoom(secret);
		void window.session.enterRoom(ops);
		await window.becomes("online");
		await window.sees("said in ops");
		expect([window.session.openRoom.id, window.texts]).toEqual([ops, ["said in ops"]]);
	});

	it("or the lobby, with a word, where one is in that room no more", async () => {
		const place = await Place.open();
		const { window, host, secret } = place;
		await window.session.enterRoom(secret);
		await place.goOffline();
		await host.do("remove_member", secret, [`0x${window.me}`]);
		await place.goOnline();
		await until("the lobby is open", () => window.session.openRoom.id === LOBBY);
		expect(window.notices).toContain("You are no longer in #secret, so this room was opened.");
	});

	it("after quick turns over a slow link", async () => {
		const place = await Place.open();
		const { window, host, proxy, secret, ops } = place;
		await host.do("post_message", ops, "in-ops", "said in ops");
		await host.do("post_message", secret, "in-secret", "said in secret");
		await place.goOffline();
		proxy.slow = { sliceBytes: 1_500, delayMs: 15 };
		await place.goOnline();
		const { session } = window;
		for (const room of [ops, secret, ops, secret, LOBBY, secret, ops]) {
			void session.enterRoom(room);
			await new Promise((wake) => setTimeout(wake, 25));
		}
		await window.sees("said in ops");
		await new Promise((wake) => setTimeout(wake, 500));
		expect([session.openRoom.id, window.texts]).toEqual([ops, ["said in ops"]]);
	});

	it("and nothing of the settings' other database", async () => {
		const place = await Place.open();
		const other = await Place.open();
		const { window, secret } = place;
		await place.goOffline();
		window.session.connection.connect();
		const target: RoomAddress = window.session.roomAddress(secret);
		window.database = other.database;
		window.session.connection.connect();
		expect(window.session.problemWith(target)).toBe(
			"This was meant for another database, so it was not done.",
		);
		await window.becomes("online");
		expect(window.session.openRoom.id).toBe(LOBBY);
	});
});

test("a search that was begun in one room is not answered in another one", async () => {
	const place = await Place.open();
	const { window, host, secret, ops } = place;
	await host.do("post_message", ops, "in-ops", "a needle in ops");
	await window.session.enterRoom(ops);
	await window.sees("a needle in ops");
	const answers: string[] = [];
	window.session.openRoom.search.begin(crypto.randomUUID(), "needle", ({ kind }) =>
		answers.push(kind),
	);
	await window.session.enterRoom(secret);
	await new Promise((wake) => setTimeout(wake, 1_000));
	expect(answers).toEqual([]);
});

test("what was asked for in a room that was left shows nothing in the next", async () => {
	const place = await Place.open();
	const { window, host, secret, ops } = place;
	for (let count = 0; count < 300; count++) {
		await host.do("post_message", ops, `ops-${count}`, `ops ${count}`);
	}
	await host.do("post_message", secret, "in-secret", "said in secret");
	await window.session.enterRoom(ops);
	await window.sees("ops 299");
	const { openRoom } = window.session;
	const older = openRoom.pages.grow("older");
	const jump = openRoom.pages.openAtPage(0);
	await window.session.enterRoom(secret);
	await Promise.allSettled([older, jump]);
	await window.sees("said in secret");
	expect(window.texts).toEqual(["said in secret"]);
});
