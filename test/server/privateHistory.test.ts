import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startServer } from "../../scripts/lib/spacetimedb.mjs";
import { readHitKey } from "../../src/extension/chat/search/search";
import { MAX_PAGES } from "../../src/extension/chat/room/pageRange";
import { PanelFeed } from "../../src/extension/panel/feed";
import { ViewRange } from "../../src/extension/panel/viewRange";
import type { ChatSnapshot, Entry, SearchResult } from "../../src/shared/chat";
import { compareEntries, MAX_VIEW_ENTRIES } from "../../src/shared/chat";
import type { Server } from "../support/chatServer";
import { Meeting } from "../support/meeting";
import { BulkSender } from "../support/bulkSender";
import { TestWindow } from "../support/testWindow";
import { until } from "../support/until";

/** Messages from before joining, and from after. */
const BEFORE = 700;
const SINCE = 2_500;
const COUNT = BEFORE + SINCE;
const PAGE_SIZE = 128;
const FLOOD = 2_000;
/** `PanelFeed` collects changes for a frame; a timer may fire a millisecond early. */
const LEAST_FRAME_MS = 15;

let server: Server;
let meeting: Meeting;
let sender: BulkSender;
let reader: TestWindow;
let view: ViewRange;

beforeAll(async () => {
	server = await startServer();
	meeting = await Meeting.begin(server, "private-history", "a private room");
	sender = await BulkSender.connect(server.url, meeting.database);
	await meeting.invite(sender.identity);
	await say(0, BEFORE);
	reader = await TestWindow.online(server.url, meeting.database);
	await meeting.admit(reader);
	await say(BEFORE, SINCE);
	await reader.sees(textOf(COUNT - 1), 30_000);
	view = new ViewRange(reader.session.openRoom, reader.session.people, () => undefined);
});
afterAll(async () => {
	sender.leave();
	reader.close();
	await server.stop();
});
afterEach(async () => {
	await view.goToLatest();
});

function textOf(number: number): string {
	return number % 1_000 === 900 ? `text ${number} needle` : `text ${number}`;
}

/** @param everyMs the time between bursts of twenty messages; absent for no wait */
async function say(from: number, count: number, everyMs?: number): Promise<void> {
	for (let number = from; number < from + count; number++) {
		await sender.keepPace();
		sender.send(meeting.room, textOf(number));
		if (everyMs !== undefined && number % 20 === 0) {
			await new Promise((wake) => setTimeout(wake, everyMs));
		}
	}
	await until("all messages are stored", async () => (await meeting.posts()).length >= from + count, 60_000);
}

function numbersOf(entries: readonly Entry[]): number[] {
	return entries.flatMap((entry) => {
		const number = /^text (\d+)/.exec(entry.kind === "message" ? entry.text : "")?.[1];
		return number === undefined ? [] : [Number(number)];
	});
}

const shown = () => numbersOf(view.all().entries);

function range(from: number, to: number): number[] {
	return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** Searches the whole room: a slow machine reports the first hits before it has read every page. */
async function search(text: string): Promise<Extract<SearchResult, { kind: "found" }>> {
	const { search: roomSearch } = reader.session.openRoom;
	const searchId = crypto.randomUUID();
	let result = await new Promise<SearchResult>((resolve) =>
		roomSearch.begin(searchId, text, resolve),
	);
	while (result.kind === "found" && result.hasOlder) {
		result = await new Promise<SearchResult>((resolve) => roomSearch.older(searchId, resolve));
	}
	if (result.kind === "failed") {
		throw new Error(result.sentence);
	}
	return result;
}

test("scrolling up shows every message since joining, once and in order, and ends there", async () => {
	const met = new Set(shown());
	let most = 0;
	while (view.all().edges.older !== "none") {
		// A reader who scrolls up has left the end.
		view.scrolled(false);
		await view.load("older");
		const numbers = shown();
		expect(numbers).toEqual(range(numbers[0] ?? 0, numbers.at(-1) ?? 0));
		numbers.forEach((number) => met.add(number));
		most = Math.max(most, reader.messages.length);
	}
	const first = reader.session.openRoom.pages.range.pages[0];
	expect([met.size, shown()[0], most <= MAX_PAGES * PAGE_SIZE, first]).toEqual([
		SINCE,
		BEFORE,
		true,
		Math.floor(BEFORE / PAGE_SIZE),
	]);
});

test("a jump to a date before joining shows the first visible message", async () => {
	await reader.session.openRoom.pages.openAtTime(Date.now() - 24 * 60 * 60 * 1_000);
	const key = view.centre(() => true);
	const [number] = numbersOf(view.all().entries.filter((entry) => entry.key === key));
	expect(number).toBe(BEFORE);
});

test("a search finds messages far outside the loaded pages, and none from before joining", async () => {
	const { hits, scope, hasOlder, searchedBackToMs } = await search("NEEDLE text");
	const [, oldest] = hits;
	const target = readHitKey(hits.at(-1)?.key ?? "");
	if (target?.kind !== "order") {
		throw new Error("The hit has no place");
	}
	await reader.session.openRoom.pages.openAtPage(target.page);
	const key = view.centre(({ order }) => order >= target.order);
	const [number] = numbersOf(view.all().entries.filter((entry) => entry.key === key));
	expect([hits.map(({ excerpt }) => excerpt), scope, hasOlder, searchedBackToMs, number]).toEqual([
		[textOf(2_900), textOf(1_900), textOf(900)],
		"room",
		false,
		undefined,
		900,
	]);
	expect(oldest?.sender).toBe(sender.identity);
});

test("a search with many hits shows how far it looked, and continues from there", async () => {
	const searchId = crypto.randomUUID();
	const { session } = reader;
	const found: Extract<SearchResult, { kind: "found" }>[] = [];
	const take = (result: SearchResult) => {
		if (result.kind === "found") {
			found.push(result);
		}
	};
	session.openRoom.search.begin(searchId, "text", take);
	await until("there are some", () => found.length === 1);
	session.openRoom.search.older(searchId, take);
	await until("there are more", () => found.length === 2);
	const [first, second] = found;
	const numbers = second?.hits.map(({ excerpt }) => Number(excerpt.split(" ")[1]));
	const oldest = first?.hits.at(-1);
	expect([
		numbers,
		first !== undefined && first.hits.length >= 50,
		first?.hasOlder,
		first?.searchedBackToMs === oldest?.sentMs,
	]).toEqual([range(COUNT - (numbers?.length ?? 0), COUNT - 1).reverse(), true, true, true]);
});

test("in a flood the view gets one post a frame at most, holds few messages, and misses none", async () => {
	const { session } = reader;
	const postedMs: number[] = [];
	/** The entries of a view that applies the posts alone. */
	const entries = new Map<string, Entry>();
	let most = 0;
	// The view draws at once.
	const draw = (seq: number) => queueMicrotask(() => feed.drawn(seq));
	const feed: PanelFeed = new PanelFeed({
		post: (fact) => {
			postedMs.push(performance.now());
			for (const change of fact.type === "changes" ? fact.changes : []) {
				if (change.type === "entriesChanged") {
					change.removed.forEach((key) => entries.delete(key));
					change.upserts.forEach((entry) => entries.set(entry.key, entry));
				}
			}
			most = Math.max(most, entries.size);
			if (fact.type === "changes") {
				draw(fact.seq);
			}
		},
		snapshot: (seq) => {
			draw(seq);
			view.all().entries.forEach((entry) => entries.set(entry.key, entry));
			return undefined as unknown as ChatSnapshot;
		},
		logChanges: () => view.changes(),
	});
	view = new ViewRange(session.openRoom, session.people, () => feed.touch());
	const heard: string[] = [];
	session.people.onDidChange((change) => feed.push({ type: "peopleChanged", ...change }));
	session.openRoom.log.onDidChange(() => feed.touch());
	session.openRoom.log.onDidReceive((message) => {
		heard.push(message.text);
		view.received(message);
	});
	feed.ready();
	await say(COUNT, FLOOD, 10);
	await until("all messages are received", () => heard.length >= FLOOD, 30_000);
	feed.flush();
	feed.pause();
	// The first post is the requested snapshot, and the last one is ours.
	const gaps = postedMs.slice(2, -1).map((ms, index) => ms - (postedMs[index + 1] ?? 0));
	expect([
		heard.map((text) => Number(text.split(" ")[1])),
		numbersOf([...entries.values()].sort(compareEntries)).at(-1),
		most <= MAX_VIEW_ENTRIES,
		gaps.length > 5,
		Math.min(...gaps) >= LEAST_FRAME_MS,
	]).toEqual([range(COUNT, COUNT + FLOOD - 1), COUNT + FLOOD - 1, true, true, true]);
});
