import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { startServer } from "../../scripts/lib/spacetimedb.mjs";
import { readHitKey } from "../../src/extension/chat/search/search";
import { readAll } from "../../src/extension/chat/exportRoom";
import { MAX_PAGES } from "../../src/extension/chat/room/pageRange";
import { ViewRange } from "../../src/extension/panel/viewRange";
import type { SearchResult } from "../../src/shared/chat";
import type { Server } from "../support/chatServer";
import { FaultProxy } from "../support/faultProxy";
import { oursWithMessages, stockWithMessages } from "../support/manyMessages";
import { TerminalClient } from "../support/terminalClient";
import { TestWindow } from "../support/testWindow";
import { until } from "../support/until";

const COUNT = 6_000;
const MINUTE_MS = 60_000;
const PAGE_SIZE = 128;

let server: Server;
const windows: TestWindow[] = [];
const proxies: FaultProxy[] = [];

beforeAll(async () => {
	server = await startServer();
	await oursWithMessages(server, "ours", COUNT, MINUTE_MS);
	await stockWithMessages(server, "stock", COUNT, MINUTE_MS);
});
afterAll(async () => {
	await server.stop();
});
afterEach(async () => {
	for (const window of windows.splice(0)) {
		window.close();
	}
	for (const proxy of proxies.splice(0)) {
		await proxy.stop();
	}
});

async function open(database: string, url = server.url) {
	const window = await TestWindow.online(url, database);
	windows.push(window);
	const view = new ViewRange(window.session.openRoom, window.session.people, () => undefined);
	return { window, view, shown: () => view.all().entries.flatMap(numberOf) };
}

/** Returns the numbers in the texts of seeded messages. */
function numberOf(entry: { readonly kind: string; readonly text?: string }): number[] {
	const number = /^text (\d+)$/.exec(entry.kind === "message" ? (entry.text ?? "") : "")?.[1];
	return number === undefined ? [] : [Number(number)];
}

function range(from: number, to: number): number[] {
	return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

describe.each(["ours", "stock"])("in %s with six thousand messages", (database) => {
	test("opening loads the newest messages, a small part of all", async () => {
		const { window, shown } = await open(database);
		expect([shown().at(-1), window.messages.length < 1_500]).toEqual([COUNT - 1, true]);
	});

	test("scrolling to the beginning shows every message once and in order, and holds few", async () => {
		const { window, view, shown } = await open(database);
		const met = new Set<number>(shown());
		let most = 0;
		while (view.all().edges.older !== "none") {
			// A reader who scrolls up has left the end.
			view.scrolled(false);
			await view.load("older");
			const numbers = shown();
			expect(numbers).toEqual(range(numbers[0] ?? 0, numbers.at(-1) ?? 0));
			numbers.forEach((number) => met.add(number));
			most = Math.max(most, window.messages.length);
		}
		// A span of a quickstart database holds up to a thousand messages, the newest up to a day.
		const limit = database === "ours" ? MAX_PAGES * PAGE_SIZE : MAX_PAGES * 1_500;
		expect([met.size, shown()[0], most <= limit]).toEqual([COUNT, 0, true]);
	});

	test("a jump to a date loads the messages around it", async () => {
		const { window, view } = await open(database);
		const sentMs = Date.now() - 3_000 * MINUTE_MS;
		expect(await window.session.openRoom.pages.openAtTime(sentMs)).toBe(true);
		const key = view.centre((message) => message.sentMs >= sentMs);
		const entries = view.all().entries;
		const found = entries.find((entry) => entry.key === key);
		const numbers = entries.flatMap(numberOf);
		const [number = 0] = found === undefined ? [] : numberOf(found);
		expect([Math.abs(number - (COUNT - 3_000)) <= 2, numbers]).toEqual([
			true,
			range(numbers[0] ?? 0, numbers.at(-1) ?? 0),
		]);
	});

	test("after a jump to a date, the way to the latest and the next message work", async () => {
		const { window, view, shown } = await open(database);
		await window.session.openRoom.pages.openAtTime(Date.now() - 5_000 * MINUTE_MS);
		const terminal = await TerminalClient.connect(server.url, database);
		const heard: string[] = [];
		window.session.openRoom.log.onDidReceive(({ text }) => heard.push(text));
		terminal.say(`heard in ${database}`);
		await until("the message is received", () => heard.length > 0);
		const isShownBefore = window.texts.includes(`heard in ${database}`);
		await view.goToLatest();
		terminal.leave();
		expect([isShownBefore, window.texts.at(-1), shown().at(-1), heard]).toEqual([
			false,
			`heard in ${database}`,
			COUNT - 1,
			[`heard in ${database}`],
		]);
	});

	test("a reader in mid-history keeps the position after a cut", async () => {
		const proxy = await FaultProxy.before(server);
		proxies.push(proxy);
		const { window, view, shown } = await open(database, proxy.url);
		view.all();
		// A reader who scrolls up has left the end.
		view.scrolled(false);
		await view.load("older");
		const before = shown();
		proxy.cutAll("reset");
		await until("it is cut", () => window.session.state.kind === "waiting");
		await window.becomes("online", 20_000);
		expect(shown()).toEqual(before);
	});

	test("an export reads every message, oldest first", async () => {
		const { window } = await open(database);
		const pages = window.session.backend?.pages;
		const numbers: number[] = [];
		for await (const { rows } of readAll(pages!)) {
			numbers.push(...rows.flatMap((row) => numberOf({ kind: "message", text: row.text })));
		}
		expect(numbers).toEqual(range(0, COUNT - 1));
	});
});

async function search(window: TestWindow, text: string): Promise<SearchResult> {
	return new Promise((settle) => window.session.openRoom.search.begin(crypto.randomUUID(), text, settle));
}

test("a search of a rooms database finds a message far outside the loaded pages, and opens its page", async () => {
	const { window, view } = await open("ours");
	const result = await until("it is found", async () => {
		const answer = await search(window, "17 text");
		return answer.kind === "found" && answer.hits.some(({ excerpt }) => excerpt === "text 17")
			? answer
			: undefined;
	});
	const hit = result.hits.find(({ excerpt }) => excerpt === "text 17");
	const target = readHitKey(hit?.key ?? "");
	if (target?.kind !== "order") {
		throw new Error("The hit has no place");
	}
	await window.session.openRoom.pages.openAtPage(target.page);
	const key = view.centre(({ order }) => order >= target.order);
	const shown = view.all().entries.find((entry) => entry.key === key);
	expect([result.scope, shown?.kind === "message" && shown.text]).toEqual(["room", "text 17"]);
});

test("older hits are added to the loaded ones", async () => {
	const { window } = await open("ours");
	const searchId = crypto.randomUUID();
	const first = await new Promise<SearchResult>((settle) =>
		window.session.openRoom.search.begin(searchId, "text", settle),
	);
	const second = await new Promise<SearchResult>((settle) =>
		window.session.openRoom.search.older(searchId, settle),
	);
	const counts = [first, second].map((result) => (result.kind === "found" ? result.hits.length : 0));
	const numbers =
		second.kind === "found"
			? second.hits.map(({ excerpt }) => Number(excerpt.replace("text ", "")))
			: [];
	expect([counts, numbers]).toEqual([[50, 100], range(COUNT - 100, COUNT - 1).reverse()]);
});

test("a search that the module refuses shows the reason", async () => {
	const { window } = await open("ours");
	expect(await search(window, "!!!")).toEqual({
		kind: "failed",
		sentence: "Type a word to search for",
	});
});

test("the search of a quickstart database covers the loaded part, and its scope shows that", async () => {
	const { window } = await open("stock");
	const near = await search(window, `text ${COUNT - 5}`);
	const far = await search(window, "text 17 far");
	expect([near, far]).toMatchObject([
		{ scope: "loaded", hits: [{ excerpt: `text ${COUNT - 5}` }] },
		{ scope: "loaded", hits: [] },
	]);
});

test("messages over several pages arrive once, and the loaded part stays small", { timeout: 120_000 }, async () => {
	const { window } = await open("ours");
	const heard: string[] = [];
	window.session.openRoom.log.onDidReceive(({ text }) => heard.push(text));
	const talker = await TestWindow.online(server.url, "ours");
	windows.push(talker);
	// The bursts keep to the rate limit, and cross the page boundary.
	const texts = range(1, 300).map((number) => `burst ${number}`);
	const terminals = await Promise.all(range(1, 15).map(() => TerminalClient.connect(server.url, "ours")));
	for (const [index, text] of texts.entries()) {
		terminals[index % terminals.length]?.say(text);
	}
	await until("all messages are received", () => heard.length >= texts.length, 60_000);
	for (const terminal of terminals) {
		terminal.leave();
	}
	const isSmall = window.messages.length <= MAX_PAGES * PAGE_SIZE;
	expect([new Set(heard).size, heard.length, isSmall]).toEqual([300, 300, true]);
});
