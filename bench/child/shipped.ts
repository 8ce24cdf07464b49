import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { removeTemporaryFolder, temporaryFolder } from "../../scripts/lib/processes.mjs";
import { range } from "../../src/extension/database/rooms/openingPages";
import { readAddress } from "../../src/extension/platform/address";
import { TokenStore } from "../../src/extension/platform/tokenStore";
import { ExportWriter, readAll } from "../../src/extension/chat/exportRoom";
import { chatSnapshot } from "../../src/extension/panel/snapshot";
import { PanelFeed } from "../../src/extension/panel/feed";
import { ViewRange } from "../../src/extension/panel/viewRange";
import type { SearchResult } from "../../src/shared/chat";
import type { ToWebview } from "../../src/shared/protocol";
import { MemorySecrets } from "../../test/support/memorySecrets";
import { TestWindow } from "../../test/support/testWindow";
import { cpuSeconds } from "../lib/processes";
import type { Seeded } from "../lib/seeded";
import type { ReceiveArgs } from "./plain";
import { answerParent, cpuUntil, framesOf, type Target } from "./answer";
import { memoryNow, onEachFrame } from "./answer";

/*
 * The program of our own code: the host's side without VS Code, with its packages bundled as in the
 * extension's files.
 */

/** Pages of a private room that are measured, spread over the room. */
const PAGES = 20;

/**
 * Makes a window that is not connected yet. It loads the SDK, as the extension does at its first
 * connect, so that no measurement includes that.
 */
async function windowOf({ url, database, token }: Target): Promise<TestWindow> {
	await import("../../src/extension/database/serverSession");
	const secrets = new MemorySecrets();
	const address = readAddress(url, database);
	if (token !== undefined && typeof address === "object") {
		const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
		const tokens = new TokenStore(secrets, { ...log, show: () => undefined });
		await tokens.keepFirst(address.key, token);
		tokens.dispose();
	}
	// A window made earlier would take the token for another window's, and reconnect.
	return new TestWindow(url, database, secrets);
}

/** Connects until the snapshot: schema, token, socket, subscriptions. */
async function open(target: Target) {
	const window = await windowOf(target);
	const { connection } = window.session;
	const before = await memoryNow();
	const began = performance.now();
	await new Promise<void>((resolve, reject) => {
		connection.onDidChangeState((state) => {
			if (state.kind === "online") {
				resolve();
			} else if (state.kind !== "connecting") {
				reject(new Error(JSON.stringify(state)));
			}
		});
		connection.connect();
	});
	const ms = performance.now() - began;
	return { ms, messages: window.messages.length, ...(await memoryNow(before)) };
}

/**
 * Enters a private room of which nothing is loaded, and reads pages of it. The server's CPU time is
 * `NaN` where Linux does not count it.
 */
async function openPrivate({ pid, member, ...target }: Seeded) {
	const window = await windowOf(member === null ? target : { ...target, token: member.token });
	const { session } = window;
	session.connection.connect();
	await window.becomes("online");
	let began = performance.now();
	await session.enterRoom(member?.room ?? 0);
	const enterMs = performance.now() - began;
	const pages = session.backend?.pages;
	if (pages === undefined || window.messages.length === 0) {
		throw new Error("The private room could not be entered.");
	}
	const oldest = session.openRoom.pages.range.pages[0] ?? 0;
	const count = Math.min(PAGES, oldest);
	const wanted = range(0, count - 1).map((index) => Math.floor((oldest * index) / PAGES));
	let [held, read] = [0, 0];
	const before = cpuSeconds(pid);
	const pageMs: number[] = [];
	for (const page of wanted) {
		began = performance.now();
		await pages.load(page);
		held += pages.rowsOf([page]).length;
		pageMs.push(performance.now() - began);
	}
	const pageCpuMs = ((cpuSeconds(pid) - before) * 1_000) / wanted.length;
	const readMs: number[] = [];
	for (const page of wanted) {
		began = performance.now();
		read += (await pages.read(page)).length;
		readMs.push(performance.now() - began);
	}
	if (held === 0 || held !== read) {
		throw new Error(`The pages hold ${held} messages, and ${read} when they are read.`);
	}
	return { enterMs, pageMs, pageCpuMs, readMs };
}

/** Opens a room, then loads older messages as a reader who scrolls up. */
async function scrollBack({ wanted, ...target }: Target & { readonly wanted: number }) {
	const window = await windowOf(target);
	const before = await memoryNow();
	window.session.connection.connect();
	await window.becomes("online");
	const opened = await memoryNow(before);
	const { openRoom } = window.session;
	const began = performance.now();
	let messages = 0;
	// A reader away from the end keeps the pages on screen when new messages arrive.
	[openRoom.viewStart] = openRoom.log.timeline();
	while (messages < wanted && openRoom.pages.range.hasOlder) {
		const known = new Set(window.messages.map(({ key }) => key));
		await openRoom.pages.grow("older");
		messages += window.messages.filter(({ key }) => !known.has(key)).length;
	}
	const ms = performance.now() - began;
	return { ...opened, scrolled: await memoryNow(before), messages, ms };
}

/** Returns the frames that our session sends until its snapshot. */
async function frames({ url, database }: Target): Promise<string[]> {
	return framesOf(() => TestWindow.online(url, database));
}

/** Receives the messages that others send, with a view that acknowledges each drawing at once. */
async function receive({ url, database, messages: expected }: ReceiveArgs) {
	const { session } = await TestWindow.online(url, database);
	let [messages, posts, postedBytes] = [0, 0, 0];
	const view = new ViewRange(session.openRoom, session.people, () => feed.touch());
	const feed: PanelFeed = new PanelFeed({
		post: (message: ToWebview) => {
			posts++;
			postedBytes += JSON.stringify(message).length;
			if (message.type === "snapshot" || message.type === "changes") {
				const drawn = message.type === "snapshot" ? message.chat.seq : message.seq;
				setImmediate(() => feed.drawn(drawn));
			}
		},
		snapshot: (seq) => chatSnapshot(seq, session, view),
		logChanges: () => view.changes(),
	});
	session.people.onDidChange((change) => feed.push({ type: "peopleChanged", ...change }));
	session.openRoom.log.onDidChange(() => feed.touch());
	session.openRoom.log.onDidReceive((message) => {
		messages++;
		view.received(message);
	});
	feed.ready();
	const cpuMs = await cpuUntil(() => messages, expected);
	return { messages, cpuMs, posts, postedBytes };
}

type SendArgs = Target & Readonly<Record<"warmUps" | "messages", number>>;

/** Sends messages one after the other, as the panel does. @returns milliseconds of each */
async function send({ url, database, warmUps, messages }: SendArgs) {
	let writes: number[] = [];
	onEachFrame(() => writes.push(performance.now()));
	const window = await TestWindow.online(url, database);
	const { session } = window;
	const times: { readonly writeToAckMs: number; readonly enterToAckMs: number }[] = [];
	for (let index = 0; index < warmUps + messages; index++) {
		const clientId = crypto.randomUUID();
		writes = [];
		const acked = new Promise<void>((resolve) => {
			const listener = session.delivery.onDidChange((outbox) => {
				const entry = outbox.find((one) => one.clientId === clientId);
				if (entry?.state === "acked") {
					listener.dispose();
					resolve();
				} else if (entry?.state === "failed") {
					throw new Error(entry.reason);
				}
			});
		});
		const enter = performance.now();
		void window.say(`message ${index}`, undefined, clientId);
		await acked;
		const end = performance.now();
		const [firstWrite = end] = writes;
		times.push({ writeToAckMs: end - firstWrite, enterToAckMs: end - enter });
	}
	return times.slice(warmUps);
}

/** Searches for each text once unmeasured and once measured, until the first results. */
async function search({ url, database, texts }: Target & { readonly texts: readonly string[] }) {
	const { session } = await TestWindow.online(url, database);
	const find = async (text: string) =>
		new Promise<SearchResult>((resolve) =>
			session.openRoom.search.begin(crypto.randomUUID(), text, resolve),
		);
	const found = [];
	for (const text of texts) {
		await find(text);
		const began = performance.now();
		const result = await find(text);
		const ms = performance.now() - began;
		if (result.kind === "failed") {
			throw new Error(result.sentence);
		}
		found.push({ ms, hits: result.hits.length, scope: result.scope });
	}
	return found;
}

/** Exports a room as the command does, without its dialogue. */
async function exportAll({ url, database }: Target) {
	const pages = (await TestWindow.online(url, database)).session.backend?.pages;
	if (pages === undefined) {
		throw new Error("There is no connection.");
	}
	const { rssBytes } = await memoryNow();
	let peak = rssBytes;
	const look = setInterval(() => {
		peak = Math.max(peak, process.memoryUsage.rss());
	}, 50);
	const folder = temporaryFolder("spacetimedb-chat-bench-export");
	const writer = new ExportWriter("json", {
		room: database,
		server: url,
		exportedAt: new Date(),
		nameOf: (sender) => sender.slice(0, 8),
	});
	let messages = 0;
	const texts = async function* () {
		yield writer.begin();
		for await (const { rows } of readAll(pages)) {
			messages += rows.length;
			yield writer.add(rows);
		}
		yield writer.end();
	};
	const began = performance.now();
	await pipeline(texts, createWriteStream(join(folder, "export.json")));
	const ms = performance.now() - began;
	clearInterval(look);
	removeTemporaryFolder(folder);
	return { ms, messages, rssGrowthBytes: peak - rssBytes };
}

export const tasks = { exportAll, frames, open, openPrivate, receive, scrollBack, search, send };
answerParent(tasks);
