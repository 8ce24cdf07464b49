import { describe, expect, test } from "vitest";
import type { MessageRow, Pages } from "../../src/extension/chat/backend";
import { readHitKey } from "../../src/extension/chat/search/search";
import { excerptOf } from "../../src/shared/excerpt";
import { ExportWriter, readAll } from "../../src/extension/chat/exportRoom";
import { readDay } from "../../src/extension/commands/history";

function row(seq: number, text = `text ${seq}`): MessageRow {
	const sentMicros = Date.UTC(2026, 4, 6, 23, 59) * 1_000 + seq * 60_000_000;
	return { key: `p${seq}`, page: 0, sender: "ada", order: seq, sentMicros, text };
}

const HEAD = {
	room: "lobby",
	server: "localhost:3000",
	exportedAt: new Date(0),
	nameOf: () => "Ada_L",
};

function pagesOf(count: number): { pages: Pages; most: () => number } {
	let [open, most] = [0, 0];
	const pages = {
		head: count - 1,
		olderThan: (page: number) => Promise.resolve(page > 0 ? page - 1 : undefined),
		read: async (page: number) => {
			most = Math.max(most, ++open);
			await Promise.resolve();
			open--;
			return [row(page * 2 + 1), row(page * 2)];
		},
	} as unknown as Pages;
	return { pages, most: () => most };
}

describe("an export", () => {
	test("has every message once, oldest first, and requests a few pages ahead at most", async () => {
		const { pages, most } = pagesOf(50);
		const orders: number[] = [];
		for await (const { rows } of readAll(pages)) {
			orders.push(...rows.map(({ order }) => order));
		}
		expect([orders, most() <= 4]).toEqual([Array.from({ length: 100 }, (_, i) => i), true]);
	});

	test("as JSON can be parsed", () => {
		const writer = new ExportWriter("json", HEAD);
		const text =
			writer.begin() + writer.add([row(0)]) + writer.add([row(1, 'x\n"y"')]) + writer.end();
		expect(JSON.parse(text)).toMatchObject({
			room: "lobby",
			messages: [
				{ name: "Ada_L", sent: "2026-05-06T23:59:00.000Z", text: "text 0" },
				{ text: 'x\n"y"' },
			],
		});
	});

	test("as Markdown has days, names and the text as typed", () => {
		const writer = new ExportWriter("markdown", HEAD);
		expect(writer.add([row(0, "**bold**"), row(1)])).toBe(
			"\n## 2026-05-06\n\n**Ada\\_L** 23:59\n\n**bold**\n\n## 2026-05-07\n\n**Ada\\_L** 00:00\n\ntext 1\n",
		);
	});

	test("of an empty room is a complete file", () => {
		const writer = new ExportWriter("json", HEAD);
		expect(JSON.parse(writer.begin() + writer.end())).toMatchObject({ messages: [] });
	});

	test.each([Number.MIN_SAFE_INTEGER, -1, Number.MAX_SAFE_INTEGER])(
		"holds a message of the time %d",
		(sentMicros) => {
			const writer = new ExportWriter("json", HEAD);
			const text = writer.begin() + writer.add([{ ...row(0), sentMicros }]) + writer.end();
			expect((JSON.parse(text) as { messages: unknown[] }).messages).toHaveLength(1);
		},
	);
});

describe("a day", () => {
	const now = new Date(2026, 4, 6, 15);
	test.each([
		["2026-05-06", new Date(2026, 4, 6)],
		["today", new Date(2026, 4, 6)],
		[" Yesterday ", new Date(2026, 4, 5)],
		["7 days ago", new Date(2026, 3, 29)],
		["1 day ago", new Date(2026, 4, 5)],
		["2024-2-29", new Date(2024, 1, 29)],
	])("%j is read", (text, date) => {
		expect(readDay(text, now)).toBe(date.getTime());
	});

	test.each([
		["gestern", "de", new Date(2026, 4, 5)],
		["vorgestern", "de", new Date(2026, 4, 4)],
		["vor 7 Tagen", "de", new Date(2026, 3, 29)],
		["昨天", "zh-cn", new Date(2026, 4, 5)],
		["7天前", "zh-cn", new Date(2026, 3, 29)],
		["7 days ago", "zh-cn", new Date(2026, 3, 29)],
	])("%j is read in the language %s", (text, locale, date) => {
		expect(readDay(text, now, locale)).toBe(date.getTime());
	});

	test.each(["", "2026-02-31", "2026-13-01", "06.05.2026", "tomorrow", "-1 days ago", "NaN"])(
		"%j is no day",
		(text) => {
			expect(readDay(text, now)).toBeUndefined();
		},
	);
});

describe("a hit", () => {
	test.each([
		["order:7:900", { kind: "order", page: 7, order: 900 }],
		["key:m1-abc", { kind: "key", key: "m1-abc" }],
		["order:7", undefined],
		["order:-1:2", undefined],
		["__proto__", undefined],
		["", undefined],
	])("%j means %j", (key, target) => {
		expect(readHitKey(key)).toEqual(target);
	});

	test.each([
		["short", ["short"], "short"],
		["two\nlines", ["lines"], "two lines"],
		[`${"x".repeat(300)} word`, ["word"], `…${"x".repeat(39)} word`],
		["x".repeat(300), ["x"], `${"x".repeat(198)}…`],
	])("%j with %j is shown as %j", (text, words, excerpt) => {
		expect(excerptOf(text, words)).toBe(excerpt);
	});
});
