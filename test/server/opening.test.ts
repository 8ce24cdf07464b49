import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { startServer } from "../../scripts/lib/spacetimedb.mjs";
import { LOBBY } from "../../src/shared/room";
import type { Server } from "../support/chatServer";
import { liftRates, publishAs } from "../support/chatServer";
import { FaultProxy } from "../support/faultProxy";
import { Meeting } from "../support/meeting";
import { BulkSender } from "../support/bulkSender";
import { TestWindow } from "../support/testWindow";
import { until } from "../support/until";

/** Messages a burst, and the time between bursts: a third of a second fills a page of 128. */
const AT_ONCE = 5;
const EVERY_MS = 12;
/** Slices of a slow connection, which put several answers into one piece of bytes. */
const SLOW = { sliceBytes: 1 << 20, delayMs: 25 };
const OPENINGS = 40;
/** More messages than a window holds. */
const LONG = 1_500;

let server: Server;
let proxy: FaultProxy;
const windows: TestWindow[] = [];

beforeAll(async () => {
	server = await startServer();
	proxy = await FaultProxy.before(server);
	proxy.slow = SLOW;
});
afterEach(() => {
	for (const window of windows.splice(0)) {
		window.close();
	}
});
afterAll(async () => {
	await proxy.stop();
	await server.stop();
});

/** Sends one number after the other until stopped. @returns a function that stops, and returns the count */
function sendNumbers(sender: BulkSender, room: number): () => Promise<number> {
	let [sent, isOver] = [0, false];
	const sending = (async () => {
		while (!isOver) {
			await sender.keepPace();
			for (const end = sent + AT_ONCE; sent < end; sent++) {
				sender.send(room, `number ${sent}`);
			}
			await sleep(EVERY_MS);
		}
		await sender.done();
		return sent;
	})();
	return async () => {
		isOver = true;
		return sending;
	};
}

/** Returns the numbers in a window, which are consecutive if none is missing. */
function numbersIn(window: TestWindow): number[] {
	return window.texts.flatMap((text) => {
		const number = /^number (\d+)$/.exec(text)?.[1];
		return number === undefined ? [] : [Number(number)];
	});
}

function missingIn(window: TestWindow): string[] {
	return numbersIn(window).flatMap((number, index, all) => {
		const before = all[index - 1];
		return before === undefined || number === before + 1 ? [] : [`${before} … ${number}`];
	});
}

/** Waits for some more bursts: a message just after the snapshot is the likeliest to be lost. */
async function hearMore(window: TestWindow): Promise<void> {
	const [opened = 0] = numbersIn(window).slice(-1);
	await until("more messages arrive", () => (numbersIn(window).at(-1) ?? 0) > opened + 3 * AT_ONCE);
}

/** Stops the messages, and waits until the window has the last one. */
async function hearOut(window: TestWindow, stop: () => Promise<number>): Promise<void> {
	const last = (await stop()) - 1;
	await until(`number ${last} is heard`, () => numbersIn(window).at(-1) === last, 30_000);
}

describe.each(["ours", "stock"] as const)("while people send messages in a database of kind %s", (kind) => {
	test("a message sent while a window connects is in its log", async () => {
		const owner = await publishAs(server, `opening-${kind}`, kind);
		if (kind === "ours") {
			await liftRates(server, `opening-${kind}`, owner);
		}
		const sender = await BulkSender.connect(server.url, `opening-${kind}`);
		const stop = sendNumbers(sender, LOBBY);
		const missing: string[] = [];
		for (let opening = 1; opening <= OPENINGS; opening++) {
			const window = await TestWindow.online(proxy.url, `opening-${kind}`);
			windows.push(window);
			await hearMore(window);
			missing.push(...missingIn(window));
			if (opening < OPENINGS) {
				windows.pop()?.close();
			} else {
				await hearOut(window, stop);
				missing.push(...missingIn(window));
			}
		}
		sender.leave();
		expect(missing).toEqual([]);
	});
});

test("a message sent while a window enters a private room is in its log", async () => {
	const meeting = await Meeting.begin(server, "opening-private", "a private room");
	const sender = await BulkSender.connect(server.url, meeting.database);
	await meeting.invite(sender.identity);
	const window = await TestWindow.online(proxy.url, meeting.database);
	windows.push(window);
	await meeting.admit(window);
	const stop = sendNumbers(sender, meeting.room);
	const missing: string[] = [];
	for (let opening = 1; opening <= OPENINGS; opening++) {
		await window.session.enterRoom(meeting.otherRoom);
		await window.session.enterRoom(meeting.room);
		await hearMore(window);
		missing.push(...missingIn(window));
	}
	await hearOut(window, stop);
	sender.leave();
	expect([...missing, ...missingIn(window)]).toEqual([]);
});

test("a message sent while a window goes back to the latest is in its log", async () => {
	const owner = await publishAs(server, "opening-back", "ours");
	await liftRates(server, "opening-back", owner);
	const sender = await BulkSender.connect(server.url, "opening-back");
	for (let number = 0; number < LONG; number++) {
		await sender.keepPace();
		sender.send(LOBBY, `long ago ${number}`);
	}
	await sender.done();
	const window = await TestWindow.online(proxy.url, "opening-back");
	windows.push(window);
	const { pages } = window.session.openRoom;
	const stop = sendNumbers(sender, LOBBY);
	const missing: string[] = [];
	for (let going = 1; going <= OPENINGS / 4; going++) {
		await pages.openAtPage(0);
		const wasAway = !pages.range.isLive;
		await pages.openLatest();
		await hearMore(window);
		missing.push(...(wasAway ? [] : ["never away"]), ...missingIn(window));
	}
	await hearOut(window, stop);
	sender.leave();
	expect([...missing, ...missingIn(window)]).toEqual([]);
});
