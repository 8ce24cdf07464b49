import { describe, expect, it } from "vitest";
import type { Notice } from "../../src/shared/chat";
import { summarise, toRows } from "../../src/webview/log/grouping";
import { ADA, GRACE, joined, ME, message, NOON_MS } from "./support/facts";

const MINUTE_MS = 60_000;
const kinds = (...entries: Parameters<typeof toRows>[0]) =>
	toRows(entries).map((row) => (row.kind === "message" && row.isFollow ? "follow" : row.kind));

describe("the rows of the log", () => {
	it("begin with the day", () => {
		expect(kinds(message("k1"))).toEqual(["day", "message"]);
	});

	it("have a day row where the day changes", () => {
		const next = message("k2", { sentMs: NOON_MS + 24 * 60 * MINUTE_MS });
		expect(kinds(message("k1"), next)).toEqual(["day", "message", "day", "message"]);
	});

	it("have no day row for a time outside the calendar", () => {
		expect(kinds(message("k1", { sentMs: 1e300 }), message("k2", { sentMs: NaN }))).toEqual([
			"message",
			"message",
		]);
	});

	it("drop the head of the same author within five minutes", () => {
		expect(kinds(message("k1"), message("k2", { sentMs: NOON_MS + 5 * MINUTE_MS }))).toEqual([
			"day",
			"message",
			"follow",
		]);
	});

	it("keep the head after five minutes", () => {
		expect(kinds(message("k1"), message("k2", { sentMs: NOON_MS + 5 * MINUTE_MS + 1 }))).toEqual([
			"day",
			"message",
			"message",
		]);
	});

	it("keep the head of another author", () => {
		expect(kinds(message("k1", { sender: ADA }), message("k2", { sender: GRACE }))).toEqual([
			"day",
			"message",
			"message",
		]);
	});

	it("join own messages before the own identity is known", () => {
		expect(
			kinds(message("k1", { sender: ME }), message("k2", { sender: "", isOwn: true })),
		).toEqual(["day", "message", "follow"]);
	});

	it("merge successive notices, and give the next message a head", () => {
		expect(
			kinds(message("k1"), joined("k2", "Grace"), joined("k3", "Linus", "left"), message("k4")),
		).toEqual(["day", "message", "quiet", "message"]);
	});

	it("keep a sentence on its own row", () => {
		const sentence: Notice = {
			...place("k2"),
			what: "sentence",
			tone: "problem",
			sentence: "No.",
		};
		expect(kinds(joined("k1", "Grace"), sentence, joined("k3", "Ada"))).toEqual([
			"day",
			"quiet",
			"sentence",
			"quiet",
		]);
	});

	it("have one key each", () => {
		const rows = toRows([message("k1"), joined("k2", "Grace"), message("k3", { sentMs: 0 })]);
		expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
	});
});

it("merged notices have each name once", () => {
	const renamed: Notice = { ...place("k5"), what: "renamed", from: "c2004f…91", to: "Linus" };
	const notices = [
		joined("k1", "Grace"),
		joined("k2", "Grace"),
		joined("k3", "Ada", "left"),
		renamed,
	] as Parameters<typeof summarise>[0];
	expect(summarise(notices)).toEqual({
		joined: ["Grace"],
		left: ["Ada"],
		renamed: [{ from: "c2004f…91", to: "Linus" }],
	});
});

function place(key: string) {
	return { kind: "notice", key, order: 1, tie: 0, atMs: NOON_MS } as const;
}
