import fc from "fast-check";
import { expect, test } from "vitest";
import type { Backend, MessageRow } from "../../src/extension/chat/backend";
import { People } from "../../src/extension/chat/people";
import { OpenRoom } from "../../src/extension/chat/room/openRoom";
import { ViewRange } from "../../src/extension/panel/viewRange";
import type { ChatChange, Entry } from "../../src/shared/chat";
import { compareEntries, MAX_VIEW_ENTRIES } from "../../src/shared/chat";
import { LOBBY } from "../../src/shared/room";

const PAGE_SIZE = 128;
const ME = "a".repeat(64);

function row(seq: number): MessageRow {
	return {
		key: `p${seq}`,
		page: Math.floor(seq / PAGE_SIZE),
		sender: "b".repeat(64),
		order: seq,
		sentMicros: seq,
		text: `${seq}`,
	};
}

/** A room with messages, one window on it, and a view that applies changes alone. */
class Desk {
	readonly people = new People();
	readonly room = new OpenRoom({ id: LOBBY }, this.people, { error: () => undefined });
	readonly window = new ViewRange(this.room, this.people, () => undefined);
	readonly below: string[] = [];
	readonly #view = new Map<string, Entry>();
	edges: { older: string; newer: string };
	loads = 0;
	/** Loads a page; at once by default. */
	answer: (page: number) => Promise<boolean> = () => Promise.resolve(true);
	kept: readonly number[] = [];
	#count: number;

	constructor(count: number) {
		this.#count = count;
		const head = this.head;
		const pages = [head - 2, head - 1, head].filter((page) => page >= 0);
		const snapshot = {
			messages: pages.flatMap((page) => this.#rowsOf(page)),
			roomId: 1,
			window: { pages, hasOlder: (pages[0] ?? 0) > 0, isLive: true },
		};
		this.people.attach([], ME);
		this.room.attach(this.#backend(), snapshot);
		this.room.log.onDidReceive((message) => this.window.received(message));
		const { entries, edges } = this.window.all();
		this.edges = edges;
		this.#show(entries, []);
	}

	get head(): number {
		return Math.floor(Math.max(0, this.#count - 1) / PAGE_SIZE);
	}

	/** The messages in the view, as numbers in the room. */
	get shown(): number[] {
		return [...this.#view.values()].sort(compareEntries).map(({ order }) => order);
	}

	say(): void {
		const said = row(this.#count++);
		if (said.page > 0 && said.order % PAGE_SIZE === 0) {
			this.room.pages.pagesBegun([said.page]);
		}
		this.room.log.messageArrived(said, undefined);
	}

	/** Runs one frame, in which the view gets the changes. */
	frame(): ChatChange[] {
		const changes = this.window.changes();
		for (const change of changes) {
			if (change.type === "entriesChanged") {
				this.#show(change.upserts, change.removed);
			} else if (change.type === "edgesChanged") {
				this.edges = change.edges;
			} else if (change.type === "arrivedBelow") {
				this.below.push(...change.messages.map(({ text }) => text));
			}
		}
		return changes;
	}

	/** Requests older messages as a view does: near the older end, the reader has left the latest. */
	async load(end: "older" | "newer"): Promise<void> {
		if (end === "older") {
			this.window.scrolled(false);
		}
		await this.window.load(end);
		this.frame();
	}

	/** Waits for all work that needs no answer. */
	async rest(): Promise<void> {
		await new Promise((wake) => setImmediate(wake));
	}

	async goToLatest(): Promise<void> {
		await this.window.goToLatest();
		const { entries, edges } = this.window.all();
		this.#view.clear();
		this.edges = edges;
		this.#show(entries, []);
	}

	#show(upserts: readonly Entry[], removed: readonly string[]): void {
		for (const key of removed) {
			this.#view.delete(key);
		}
		for (const entry of upserts) {
			this.#view.set(entry.key, entry);
		}
	}

	#rowsOf(page: number): MessageRow[] {
		const rows = Array.from({ length: PAGE_SIZE }, (_, index) => row(page * PAGE_SIZE + index));
		return rows.filter(({ order }) => order < this.#count);
	}

	#backend(): Backend {
		const head = () => this.head;
		const pages: Partial<Backend["pages"]> = {
			get head() {
				return head();
			},
			olderThan: (page) => Promise.resolve(page > 0 ? page - 1 : undefined),
			newerThan: (page) => Promise.resolve(page < head() ? page + 1 : undefined),
			pageAt: (sentMs) =>
				Promise.resolve(Math.min(head(), Math.floor((sentMs * 1_000) / PAGE_SIZE))),
			load: (page) => {
				this.loads++;
				return this.answer(page);
			},
			rowsOf: (wanted) => wanted.flatMap((page) => this.#rowsOf(page)),
			keep: (kept) => {
				this.kept = kept;
			},
		};
		return { pages } as Backend;
	}
}

function range(from: number, to: number): number[] {
	return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** Holds pages back until `come` is called. */
function later(desk: Desk): { readonly asked: number[]; come(): void } {
	const asked: number[] = [];
	const waiting: ((isHere: boolean) => void)[] = [];
	desk.answer = (page) => {
		asked.push(page);
		return new Promise((settle) => waiting.push(settle));
	};
	return {
		asked,
		come() {
			for (const settle of waiting.splice(0)) {
				settle(true);
			}
		},
	};
}

test("a message sent while the reader goes to the latest is there, on a new page too", async () => {
	const desk = new Desk(1_000_000);
	for (let page = 0; page < 10; page++) {
		await desk.load("older");
	}
	const pages = later(desk);
	const going = desk.goToLatest();
	await Promise.resolve();
	await expect.poll(() => pages.asked.length).toBe(2);
	for (let count = 0; count < PAGE_SIZE + 10; count++) {
		desk.say();
	}
	pages.come();
	await going;
	const [last = 0] = desk.shown.slice(-1);
	expect([last, desk.shown]).toEqual([1_000_137, range(last - desk.shown.length + 1, last)]);
});

test("a page being loaded is kept when the newest page changes", async () => {
	const desk = new Desk(1_000_000);
	const pages = later(desk);
	const loading = desk.room.pages.grow("older");
	await expect.poll(() => pages.asked.length).toBe(1);
	for (let count = 0; count < PAGE_SIZE; count++) {
		desk.say();
	}
	const isKept = desk.kept.includes(pages.asked[0] ?? NaN);
	pages.come();
	await loading;
	expect(isKept).toBe(true);
});

test("a reader who stops in a flood stays there, even if the pages were already evicted", async () => {
	const desk = new Desk(1_000);
	const read = desk.shown;
	range(1, 3_000).forEach(() => desk.say());
	const pages = later(desk);
	desk.window.scrolled(false);
	await expect.poll(() => pages.asked.length).toBe(3);
	desk.say();
	const meanwhile = desk.frame();
	pages.come();
	await desk.rest();
	desk.frame();
	expect([meanwhile, desk.shown.slice(0, read.length), desk.edges.newer]).toEqual([
		[],
		read,
		"more",
	]);
});

test("a reader who stops in a flood and goes to the latest is at the latest", async () => {
	const desk = new Desk(1_000);
	range(1, 3_000).forEach(() => desk.say());
	const pages = later(desk);
	desk.window.scrolled(false);
	await expect.poll(() => pages.asked.length).toBe(3);
	await desk.goToLatest();
	pages.come();
	await desk.rest();
	desk.frame();
	desk.say();
	desk.frame();
	expect([desk.shown.at(-1), desk.edges.newer]).toEqual([4_000, "none"]);
});

test("a reader who stops in a flood, follows and stops again stays there", async () => {
	const desk = new Desk(1_000);
	const read = desk.shown;
	range(1, 3_000).forEach(() => desk.say());
	const first = later(desk);
	desk.window.scrolled(false);
	const second = later(desk);
	desk.window.scrolled(true);
	desk.window.scrolled(false);
	first.come();
	await desk.rest();
	const meanwhile = desk.frame();
	second.come();
	await desk.rest();
	desk.frame();
	expect([meanwhile, desk.shown.slice(0, read.length)]).toEqual([[], read]);
});

test.each([
	["do not come", () => Promise.resolve(false)],
	["are refused", () => Promise.reject(new Error("no"))],
])("the view continues if the pages at the reader's stop %s", async (_what, answer) => {
	const desk = new Desk(1_000);
	range(1, 3_000).forEach(() => desk.say());
	desk.answer = answer;
	desk.window.scrolled(false);
	await desk.rest();
	desk.frame();
	const fresh = desk.window.all().entries.map(({ order }) => order);
	expect([desk.shown, desk.edges.older]).toEqual([fresh, "more"]);
});

test("older messages requested at a stop in a flood are those before the stop", async () => {
	const desk = new Desk(1_000);
	const [first = 0] = desk.shown;
	range(1, 3_000).forEach(() => desk.say());
	await desk.load("older");
	expect(desk.shown[0]).toBe(first - 100);
});

test("a view begins with the newest messages, and reports older ones", () => {
	const desk = new Desk(1_000_000);
	expect([desk.shown.at(-1), desk.shown.length <= MAX_VIEW_ENTRIES, desk.edges]).toEqual([
		999_999,
		true,
		{ older: "more", newer: "none" },
	]);
});

test("a new message goes to the end, and the oldest of four hundred leaves", () => {
	const desk = new Desk(1_000);
	for (let count = 0; count < 500; count++) {
		desk.say();
		desk.frame();
	}
	expect(desk.shown).toEqual(range(1_100, 1_499));
});

test("the messages of one frame are one change", () => {
	const desk = new Desk(1_000);
	for (let count = 0; count < 32; count++) {
		desk.say();
	}
	expect(desk.frame().map(({ type }) => type)).toEqual(["entriesChanged"]);
});

test("older messages arrive a hundred at a time, and the newest leave", async () => {
	const desk = new Desk(1_000);
	const [before] = desk.shown;
	await desk.load("older");
	await desk.load("older");
	expect([before! - desk.shown[0]!, desk.shown.length, desk.edges]).toEqual([
		200,
		MAX_VIEW_ENTRIES,
		{ older: "more", newer: "more" },
	]);
});

test("the view reaches the beginning of the room, and reports it", async () => {
	const desk = new Desk(1_000);
	for (let count = 0; count < 20; count++) {
		await desk.load("older");
	}
	expect([desk.shown[0], desk.edges]).toEqual([0, { older: "none", newer: "more" }]);
});

test("a reader in mid-history keeps the position, and gets the count of new messages", () => {
	const desk = new Desk(1_000);
	const before = desk.shown;
	desk.window.scrolled(false);
	for (let count = 0; count < 600; count++) {
		desk.say();
	}
	desk.frame();
	expect([desk.shown[0], desk.edges.newer, desk.below.includes("1599")]).toEqual([
		before[0],
		"more",
		true,
	]);
});

test("going to the latest shows the newest message", async () => {
	const desk = new Desk(10_000);
	for (let count = 0; count < 10; count++) {
		await desk.load("older");
	}
	await desk.goToLatest();
	expect([desk.shown.at(-1), desk.edges.newer]).toEqual([9_999, "none"]);
});

test("a reader who scrolls down to the end follows new messages", async () => {
	const desk = new Desk(2_000);
	for (let count = 0; count < 10; count++) {
		await desk.load("older");
	}
	desk.window.scrolled(false);
	for (let count = 0; count < 30; count++) {
		await desk.load("newer");
	}
	desk.window.scrolled(true);
	desk.say();
	desk.frame();
	expect([desk.shown.at(-1), desk.edges.newer]).toEqual([2_000, "none"]);
});

test("a reader at the end of the drawn messages follows, even if newer ones arrived before the report", async () => {
	const desk = new Desk(1_000);
	await desk.load("older");
	await desk.load("newer");
	range(1, 50).forEach(() => desk.say());
	desk.window.scrolled(true);
	desk.frame();
	expect([desk.shown.at(-1), desk.edges.newer]).toEqual([1_049, "none"]);
});

test("reports and requests of a closed room change nothing in another", async () => {
	const left = new Desk(1_000);
	const desk = new Desk(1_000);
	const { edges, loads } = desk;
	left.room.dispose();
	const before = left.loads;
	left.window.scrolled(false);
	await left.window.load("older");
	range(1, 100).forEach(() => desk.say());
	desk.frame();
	expect([desk.shown[0], desk.shown.at(-1), desk.edges, desk.loads, left.loads]).toEqual([
		1_100 - MAX_VIEW_ENTRIES,
		1_099,
		edges,
		loads,
		before,
	]);
});

test("a reader who goes to the latest while older messages load stays there", async () => {
	const desk = new Desk(1_000);
	while (desk.shown[0]! > 300) {
		await desk.load("older");
	}
	// At the edge of the loaded pages, so that another page loads first.
	desk.window.scrolled(false);
	const loading = desk.window.load("older");
	await desk.goToLatest();
	await loading;
	desk.say();
	desk.frame();
	expect([desk.shown.at(-1), desk.edges.newer]).toEqual([1_000, "none"]);
});

test("a view reopened at the end follows new messages", () => {
	const desk = new Desk(1_000);
	desk.window.scrolled(false);
	desk.window.opened(false);
	for (let count = 0; count < 500; count++) {
		desk.say();
	}
	desk.frame();
	expect(desk.shown.at(-1)).toBe(1_499);
});

test("a view that begins in mid-history stays there", () => {
	const desk = new Desk(1_000);
	const before = desk.shown;
	desk.window.scrolled(false);
	desk.window.opened(true);
	for (let count = 0; count < 500; count++) {
		desk.say();
	}
	desk.frame();
	expect([desk.shown[0], desk.edges.newer]).toEqual([before[0], "more"]);
});

test("a reader at the latest with few messages gets more, and stays at the latest", async () => {
	const desk = new Desk(1_000);
	const shown = desk.shown.length;
	await desk.window.load("older");
	desk.frame();
	const grown = desk.shown.length;
	for (let count = 0; count < 2_000; count++) {
		desk.say();
	}
	desk.frame();
	// Requested when few messages were shown, and received much later.
	await desk.window.load("older");
	desk.say();
	desk.frame();
	expect([grown > shown, desk.shown.length, desk.shown.at(-1), desk.edges.newer]).toEqual([
		true,
		MAX_VIEW_ENTRIES,
		3_000,
		"none",
	]);
});

test("a view in mid-history gets the newest new message, the mentions, and the count of the others", () => {
	const desk = new Desk(1_000);
	for (let seq = 5_000; seq < 6_000; seq++) {
		desk.window.received({
			...{ kind: "message", key: `p${seq}`, order: seq, tie: 0, sender: "b".repeat(64) },
			...{ isOwn: false, sentMs: seq, text: `${seq}`, state: { kind: "sent" } },
			post: { seq, reactions: [], isForMe: seq === 5_300 },
		});
	}
	const [told] = desk.frame();
	const { messages = [], others = 0 } = told?.type === "arrivedBelow" ? told : {};
	expect([messages[0]?.text, messages.at(-1)?.text, messages.length, others]).toEqual([
		"5300",
		"5999",
		51,
		949,
	]);
});

test("a page is loaded shortly before it is needed, not earlier", async () => {
	const desk = new Desk(100_000);
	await desk.load("older");
	expect(desk.loads).toBeLessThanOrEqual(2);
});

test("a search hit is in the middle of the messages around it", async () => {
	const desk = new Desk(100_000);
	await desk.room.pages.openAtPage(100);
	const key = desk.window.centre(({ order }) => order >= 12_850);
	const { entries } = desk.window.all();
	const at = entries.findIndex((entry) => entry.key === key);
	expect([key, at > 100 && at < 300]).toEqual(["p12850", true]);
});

test("any changes turn the first snapshot into the current one, and never exceed 400 messages", async () => {
	const step = fc.constantFrom("older", "newer", "say", "flood", "up", "down", "latest", "frame");
	await fc.assert(
		fc.asyncProperty(
			fc.array(step, { maxLength: 60 }),
			fc.nat({ max: 3_000 }),
			async (steps, count) => {
				const desk = new Desk(count);
				let most = 0;
				for (const kind of steps) {
					if (kind === "older" || kind === "newer") {
						await desk.load(kind);
					} else if (kind === "say" || kind === "flood") {
						range(1, kind === "say" ? 1 : 150).forEach(() => desk.say());
					} else if (kind === "latest") {
						await desk.goToLatest();
					} else if (kind === "frame") {
						desk.frame();
					} else {
						desk.window.scrolled(kind === "down");
					}
					most = Math.max(most, desk.shown.length);
				}
				await desk.rest();
				desk.frame();
				const told = desk.shown;
				const fresh = desk.window.all().entries.map(({ order }) => order);
				const isGapless = told.every(
					(order, index) => index === 0 || order === told[index - 1]! + 1,
				);
				expect([told, isGapless, most <= MAX_VIEW_ENTRIES]).toEqual([fresh, true, true]);
			},
		),
		{ numRuns: 300 },
	);
});
