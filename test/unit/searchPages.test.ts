import { expect, test } from "vitest";
import type { MessageRow, Pages } from "../../src/extension/chat/backend";
import { searchPages } from "../../src/extension/chat/search/searchPages";

const PAGE_SIZE = 10;
const WANTED = new AbortController().signal;

/** A room of pages of ten messages: `texts` by number, a filler for all others. */
class Room implements Pick<Pages, "head" | "olderThan" | "read"> {
	readonly head: number;
	readonly asked: number[] = [];
	/** Milliseconds that the clock advances with each requested page. */
	pageMs = 0;
	nowMs = 0;
	readonly #texts: ReadonlyMap<number, string>;

	constructor(count: number, texts: Readonly<Record<number, string>>) {
		this.head = Math.floor((count - 1) / PAGE_SIZE);
		this.#texts = new Map(Object.entries(texts).map(([seq, text]) => [Number(seq), text]));
	}

	olderThan(page: number): Promise<number | undefined> {
		return Promise.resolve(page > 0 ? page - 1 : undefined);
	}

	read(page: number): Promise<readonly MessageRow[]> {
		this.asked.push(page);
		this.nowMs += this.pageMs;
		return Promise.resolve(
			Array.from({ length: PAGE_SIZE }, (_, index): MessageRow => {
				const seq = page * PAGE_SIZE + index;
				const text = this.#texts.get(seq) ?? "nothing of it";
				return { key: `p${seq}`, page, sender: "ada", order: seq, sentMicros: seq * 1_000, text };
			}),
		);
	}

	async find(text: string, olderThan?: number, signal = WANTED) {
		const answer = await searchPages(this, text, olderThan, signal, () => this.nowMs);
		return answer?.kind === "found" ? answer : undefined;
	}
}

test("finds messages with all words, in any case and order, newest first", async () => {
	const room = new Room(300, { 3: "The brown FOX", 150: "fox, so brown", 151: "a fox" });
	const answer = await room.find("brown fox");
	expect([answer?.found.map(({ page, order }) => [page, order]), answer?.olderThan]).toEqual([
		[
			[15, 150],
			[0, 3],
		],
		undefined,
	]);
});

test("reads each page once, and reports no position after the last one", async () => {
	const room = new Room(300, {});
	const answer = await room.find("fox");
	expect([room.asked, answer?.searchedBackToMicros]).toEqual([
		Array.from({ length: 30 }, (_, index) => 29 - index),
		undefined,
	]);
});

test("stops at the page with enough hits, and continues before it", async () => {
	const room = new Room(1_000, Object.fromEntries([...Array(1_000).keys()].map((n) => [n, "fox"])));
	const first = await room.find("fox");
	const second = await room.find("fox", first?.olderThan);
	const orders = [...(first?.found ?? []), ...(second?.found ?? [])].map(({ order }) => order);
	expect([orders, first?.searchedBackToMicros, second?.searchedBackToMicros]).toEqual([
		Array.from({ length: 100 }, (_, index) => 999 - index),
		950_000,
		900_000,
	]);
});

test("returns soon after a hit, and later without one", async () => {
	const [some, none] = [new Room(1_000, { 999: "fox" }), new Room(1_000, {})];
	some.pageMs = 200;
	none.pageMs = 200;
	const answers = [await some.find("fox"), await none.find("fox")];
	expect([
		answers.map((answer) => answer?.found.length),
		answers.every((answer) => answer?.olderThan !== undefined),
		some.asked.length <= 5,
		none.asked.length >= 25 && none.asked.length <= 30,
	]).toEqual([[1, 0], true, true, true]);
});

test("reads no further after a cancellation", async () => {
	const room = new Room(10_000, {});
	const abort = new AbortController();
	const answer = room.find("fox", undefined, abort.signal);
	abort.abort();
	expect([await answer, room.asked.length <= 4]).toEqual([undefined, true]);
});

test("reports a missing answer", async () => {
	const room = new Room(100, {});
	room.read = () => Promise.reject(new Error("no answer"));
	expect(await searchPages(room, "fox", undefined, WANTED)).toEqual({
		kind: "failed",
		reason: "The server did not answer. Try again.",
	});
});
