import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { startServer } from "../../scripts/lib/spacetimedb.mjs";
import type { Server } from "../support/chatServer";
import { publishAs } from "../support/chatServer";
import { BAD_FRAMES } from "../support/badFrames";
import { FaultProxy } from "../support/faultProxy";
import type { RoomKind } from "../support/meeting";
import { Meeting, ROOM_KINDS } from "../support/meeting";
import { OddServer } from "../support/oddServer";
import { TerminalClient } from "../support/terminalClient";
import { TestWindow } from "../support/testWindow";
import { until } from "../support/until";

const DATABASE = "resilience";
/** The slow retry of an unusable server, less the time of a test. */
const SLOW_RETRY_MS = 29_000;

let server: Server;
const windows: TestWindow[] = [];
const oddServers: OddServer[] = [];
let badFrames = 0;

beforeAll(async () => {
	server = await startServer({ keepData: true });
	await publishAs(server, DATABASE, "ours");
});
afterAll(async () => {
	await server.stop();
});
afterEach(async () => {
	for (const window of windows.splice(0)) {
		window.close();
	}
	for (const odd of oddServers.splice(0)) {
		await odd.stop();
	}
});

async function openWindow(): Promise<TestWindow> {
	const window = await TestWindow.online(server.url, DATABASE);
	windows.push(window);
	return window;
}

/** Opens a window that has tried an odd server once. */
async function windowAt(act: Parameters<typeof OddServer.start>[0]) {
	const odd = await OddServer.start(act);
	oddServers.push(odd);
	const window = new TestWindow(odd.url, DATABASE);
	windows.push(window);
	window.session.connection.connect();
	const state = await window.becomes("waiting");
	return { odd, window, state };
}

/** Returns the unhandled rejections of `act`, and hides them from the test runner. */
async function gatheringRejections<T>(act: () => Promise<T>) {
	const runnersListeners = process.listeners("unhandledRejection");
	const rejections: Error[] = [];
	const gather = (reason: unknown) => rejections.push(reason as Error);
	process.removeAllListeners("unhandledRejection");
	process.on("unhandledRejection", gather);
	try {
		const result = await act();
		await new Promise((wake) => setTimeout(wake, 50));
		return { result, rejections };
	} finally {
		process.off("unhandledRejection", gather);
		for (const listener of runnersListeners) {
			process.on("unhandledRejection", listener);
		}
	}
}

async function restartServer(): Promise<void> {
	const { port, dataDir } = server;
	// The server syncs a commit to disk within half a second (server 1.3.0).
	await new Promise((wake) => setTimeout(wake, 1_000));
	await server.kill9();
	server = await startServer({ port, dataDir, keepData: true });
}

test("after a kill and restart of the server, the window has the same identity, and the history once", async () => {
	const window = await openWindow();
	const { me } = window;
	await window.say("before the cut");
	await window.sees("before the cut");
	const noticesBefore = window.notices;
	await restartServer();
	await window.becomes("online", 30_000);
	await window.say("after the cut");
	await window.sees("after the cut");
	expect([window.me, window.texts, window.notices]).toEqual([
		me,
		["before the cut", "after the cut"],
		noticesBefore,
	]);
});

test("messages sent during a cut are in the backlog, without notices", async () => {
	const window = await openWindow();
	window.session.connection.disconnect();
	const noticesBefore = window.notices;
	const terminal = await TerminalClient.connect(server.url, DATABASE);
	terminal.say("while you were away");
	await terminal.sees(/while you were away$/);
	terminal.leave();
	window.session.connection.connect();
	await window.sees("while you were away");
	expect(window.notices).toEqual(noticesBefore);
});

test("a line typed during a cut is sent after the reconnect", async () => {
	const window = await openWindow();
	const { port, dataDir } = server;
	await new Promise((wake) => setTimeout(wake, 1_000));
	await server.kill9();
	await window.becomes("waiting");
	expect(await window.say("typed offline")).toEqual({ kind: "accepted" });
	server = await startServer({ port, dataDir, keepData: true });
	expect((await window.sees("typed offline", 30_000)).state).toEqual({ kind: "sent" });
});

test("a hundred reconnects leave one socket, and every row once", { timeout: 60_000 }, async () => {
	const window = await openWindow();
	await window.say("only once");
	await window.sees("only once");
	for (let count = 0; count < 100; count++) {
		window.session.connection.connect();
		await window.becomes("online");
	}
	const terminal = await TerminalClient.connect(server.url, DATABASE);
	terminal.say("to everybody");
	await window.sees("to everybody");
	terminal.leave();
	const seen = window.texts.filter((text) => text === "only once" || text === "to everybody");
	expect(seen).toEqual(["only once", "to everybody"]);
});

test("leaving in the middle of connecting leaves nothing behind", async () => {
	const window = new TestWindow(server.url, DATABASE);
	windows.push(window);
	for (let count = 0; count < 20; count++) {
		window.session.connection.connect();
		await new Promise((wake) => setTimeout(wake, count));
		window.session.connection.disconnect();
	}
	await new Promise((wake) => setTimeout(wake, 500));
	expect(window.session.state).toEqual({ kind: "disconnected" });
});

test("a server that accepts and closes the connection is reported as such, and retried slowly", async () => {
	const { state, odd } = await windowAt((socket) => socket.close(1000));
	const waitMs = state.retryAtMs - Date.now();
	expect([state.reason.code, waitMs > SLOW_RETRY_MS - 1_000, odd.upgrades]).toEqual([
		"closedBeforeIdentity",
		true,
		1,
	]);
});

// The SDK stops for good at some of these, and its own chain of promises rejects without a place to
// catch it.
test.each(BAD_FRAMES.filter(([what]) => what !== "a row with one more column"))("%s before anything else ends the link and is told", async (_what, frame) => {
	const { result, rejections } = await gatheringRejections(() =>
		windowAt((socket) => socket.send(frame())),
	);
	const isOfSdk = rejections.every(({ stack = "" }) => stack.includes("spacetimedb-sdk"));
	expect([result.state.reason.code, isOfSdk]).toEqual(["badData", true]);
});

describe.each(ROOM_KINDS)("in %s", (kind) => {
	test.each(BAD_FRAMES)("R7: after %s in the middle, the window rebuilds its rows, which equal the server's", async (what, frame) => {
		await expectRebuilt(kind, what, frame());
	});
});

async function expectRebuilt(kind: RoomKind, what: string, bad: Buffer): Promise<void> {
	const meeting = await Meeting.begin(server, `bad-frame-${++badFrames}`, kind);
	const proxy = await FaultProxy.before(server);
	const window = await TestWindow.online(proxy.url, meeting.database);
	windows.push(window);
	await meeting.admit(window);
	window.states.length = 0;
	await window.say("before it");
	await window.sees("before it");
	const beganMs = Date.now();
	const { result: rebuiltMs, rejections } = await gatheringRejections(async () => {
		proxy.inject(bad);
		await until("it is noticed", () => window.states.some(({ kind }) => kind === "waiting"));
		await window.becomes("online");
		return Date.now() - beganMs;
	});
	await window.say("after it");
	await window.sees("after it");
	const there = (await meeting.posts()).map(({ text }) => text);
	await proxy.stop();
	console.log(`R7: rebuilt ${(rebuiltMs / 1000).toFixed(1)} s after ${what} in ${kind}`);
	const isOfSdk = rejections.every(({ stack = "" }) => stack.includes("spacetimedb-sdk"));
	expect([window.texts, there, isOfSdk]).toEqual([
		["before it", "after it"],
		["before it", "after it"],
		true,
	]);
}

test("the socket refuses a frame of 65 MiB", async () => {
	const { state } = await windowAt((socket) => socket.send(Buffer.alloc(65 * 1024 * 1024)));
	expect(["badData", "closed", "closedBeforeIdentity"]).toContain(state.reason.code);
});

test("R7: an exception while a row is applied makes the window rebuild its rows from the database", async () => {
	const window = await openWindow();
	const terminal = await TerminalClient.connect(server.url, DATABASE);
	const { log } = window.session.openRoom;
	const arrived = log.messageArrived.bind(log);
	let isBroken = true;
	log.messageArrived = (row, clientId) => {
		if (isBroken) {
			isBroken = false;
			throw new Error("a fault of ours");
		}
		arrived(row, clientId);
	};
	const beganMs = Date.now();
	terminal.say("breaks the picture");
	await until("the picture is thrown away", () =>
		window.states.some(({ kind }) => kind === "waiting"),
	);
	await window.sees("breaks the picture", 5_000);
	console.log(`R7: rebuilt ${((Date.now() - beganMs) / 1000).toFixed(1)} s after an exception of ours`);
	terminal.leave();
	expect(window.texts.filter((text) => text === "breaks the picture")).toHaveLength(1);
});
