import { beforeEach, expect, test } from "vitest";
import { MAX_VIEW_ENTRIES } from "../../src/shared/chat";
import type { ToWebview } from "../../src/shared/protocol";
import { EdgeRequests } from "../../src/webview/log/edgeLoader";
import { chat, joined, message, NOON_MS } from "./support/facts";
import { frame, openPage, textOf, type Page } from "./support/page";

let page: Page;

beforeEach(() => {
	page = openPage();
});

const requests = (...types: string[]) =>
	page.posted.map(({ type }) => type).filter((type) => types.includes(type));
const edgeLines = () => [...page.root.querySelectorAll(".log-edge")].map(textOf);

test.each([
	["more", "more", ["Load earlier messages", "Load newer messages"]],
	["loading", "loading", ["Loading earlier messages…", "Loading newer messages…"]],
	["none", "none", ["This is the beginning of #lobby."]],
] as const)("beyond the ends: %s, %s", async (older, newer, lines) => {
	await page.tell({
		type: "snapshot",
		chat: chat({ entries: [message("m1")], edges: { older, newer } }),
	});
	expect(edgeLines()).toEqual(lines);
});

test("an empty room has no line at its beginning", async () => {
	await page.tell({ type: "snapshot", chat: chat({ entries: [joined("n1", "Ada")] }) });
	expect(edgeLines()).toEqual([]);
});

test("the button for earlier messages loads them, and does nothing while they load", async () => {
	const entries = [message("m1")];
	await page.tell({
		type: "snapshot",
		chat: chat({ entries, edges: { older: "more", newer: "none" } }),
	});
	page.posted.length = 0;
	page.root.querySelector<HTMLElement>(".log-edge button")?.click();
	await page.tell({
		type: "changes",
		seq: 2,
		changes: [{ type: "edgesChanged", edges: { older: "loading", newer: "none" } }],
	});
	const button = page.root.querySelector<HTMLElement>(".log-edge button");
	button?.click();
	expect([requests("loadOlder"), button?.getAttribute("aria-disabled")]).toEqual([
		["loadOlder"],
		"true",
	]);
});

test("an end in reach is loaded once, and again for another entry or after a return", () => {
	const reach = new EdgeRequests();
	const asks = [
		reach.shouldLoad("more", true, "a"),
		reach.shouldLoad("more", true, "a"),
		reach.shouldLoad("loading", true, "a"),
		reach.shouldLoad("more", true, "b"),
		reach.shouldLoad("more", false, "b"),
		reach.shouldLoad("more", true, "b"),
		reach.shouldLoad("none", true, "c"),
		reach.shouldLoad("more", true, undefined),
	];
	expect(asks).toEqual([true, false, false, true, false, true, false, false]);
});

test("a view range that is hardly higher than the panel loads nothing by itself", async () => {
	const entries = Array.from({ length: 300 }, (_, index) => joined(`n${index}`, "Ada"));
	await page.tell({
		type: "snapshot",
		chat: chat({ entries, edges: { older: "more", newer: "more" } }),
	});
	for (let frames = 0; frames < 5; frames++) {
		await frame();
	}
	expect(requests("loadOlder", "loadNewer")).toEqual([]);
});

test("an own message written further up asks for the latest first", async () => {
	await page.tell({
		type: "snapshot",
		chat: chat({ entries: [message("m1")], edges: { older: "more", newer: "more" } }),
	});
	page.type("hello");
	page.press("Enter");
	expect(requests("goToLatest", "send")).toEqual(["goToLatest", "send"]);
});

test("an own message written at the latest asks for nothing", async () => {
	await page.tell({ type: "snapshot", chat: chat({ entries: [message("m1")] }) });
	page.type("hello");
	page.press("Enter");
	expect(requests("goToLatest", "send")).toEqual(["send"]);
});

const below = (seq: number, key: string): ToWebview => ({
	type: "changes",
	seq,
	changes: [{ type: "arrivedBelow", messages: [message(key)], others: 0 }],
});

test("a reader at the latest follows the latest; a reader of a hit stays", async () => {
	const entries = [message("m1")];
	const edges = { older: "none", newer: "more" } as const;
	await page.tell({ type: "snapshot", chat: chat({ entries }) });
	await page.tell({ type: "changes", seq: 2, changes: [{ type: "edgesChanged", edges }] });
	const left = requests("goToLatest");
	await page.tell({ type: "snapshot", chat: chat({ seq: 3, entries }) });
	await page.tell({ type: "snapshot", chat: chat({ seq: 4, entries, edges }) });
	expect([left, requests("goToLatest")]).toEqual([["goToLatest"], ["goToLatest"]]);
});

test("the view reports the number of each drawn event", async () => {
	await page.tell({ type: "snapshot", chat: chat({ entries: [message("m1")] }) });
	await page.tell(below(2, "m7"));
	await page.tell(below(3, "m8"));
	await page.tell(below(3, "m8"));
	expect(page.posted.flatMap((request) => (request.type === "drawn" ? [request.seq] : []))).toEqual(
		[1, 2, 3],
	);
});

test("the jump button counts the messages below, and asks for the latest", async () => {
	await page.tell({
		type: "snapshot",
		chat: chat({ entries: [message("m1")], edges: { older: "none", newer: "more" } }),
	});
	const jump = () => page.root.querySelector<HTMLElement>(".log-jump");
	const labels = [textOf(jump())];
	await page.tell(below(2, "m7"));
	labels.push(textOf(jump()));
	await page.tell(below(3, "m8"));
	labels.push(textOf(jump()));
	jump()?.click();
	await page.tell({ type: "snapshot", chat: chat({ seq: 4, entries: [message("m8")] }) });
	expect([labels, requests("goToLatest"), jump()]).toEqual([
		["Jump to latest", "1 new message", "2 new messages"],
		["goToLatest"],
		null,
	]);
});

test("End in the log asks for the latest, and leaves code alone", async () => {
	const code = message("m1", { text: "```\na\n```" });
	await page.tell({
		type: "snapshot",
		chat: chat({ entries: [code], edges: { older: "none", newer: "more" } }),
	});
	const log = page.root.querySelector(".log")!;
	const press = (target: Element): boolean => {
		const event = new KeyboardEvent("keydown", { key: "End", bubbles: true, cancelable: true });
		target.dispatchEvent(event);
		return event.defaultPrevented;
	};
	expect([press(log.querySelector("pre")!), press(log), requests("goToLatest")]).toEqual([
		false,
		true,
		["goToLatest"],
	]);
});

test("a day row opens Go to date", async () => {
	const sentMs = NOON_MS - 100 * 24 * 60 * 60 * 1000;
	await page.tell({ type: "snapshot", chat: chat({ entries: [message("m1", { sentMs })] }) });
	const day = page.root.querySelector<HTMLElement>(".log-day button");
	day?.click();
	expect([day?.getAttribute("aria-label"), page.posted.at(-1)]).toEqual([
		`${textOf(day)}. Go to date…`,
		{ type: "command", command: "goToDate" },
	]);
});

test("pending own messages stand at the end, and push out the oldest", async () => {
	const entries = Array.from({ length: MAX_VIEW_ENTRIES }, (_, index) => message(`m${index}`));
	await page.tell({ type: "snapshot", chat: chat({ entries }) });
	page.type("hello");
	page.press("Enter");
	for (let frames = 0; frames < 8; frames++) {
		await frame();
	}
	const articles = [...page.root.querySelectorAll("article[data-kind=message]")];
	expect([
		articles.length,
		articles.at(0)?.getAttribute("data-key"),
		textOf(articles.at(-1)?.querySelector(".message-body")),
	]).toEqual([MAX_VIEW_ENTRIES, "m1", "hello"]);
});

test("a revealed entry is marked, focused and described by its text", async () => {
	await page.tell({ type: "snapshot", chat: chat({ entries: [message("m1"), message("m2")] }) });
	await page.tell({ type: "reveal", key: "m1" });
	const line = document.activeElement;
	const described = document.getElementById(line?.getAttribute("aria-describedby") ?? "");
	expect([
		line?.getAttribute("data-key"),
		line?.hasAttribute("data-revealed"),
		textOf(described),
	]).toEqual(["m1", true, "text of m1"]);
});

test("revealing a missing entry changes nothing", async () => {
	await page.tell({ type: "snapshot", chat: chat({ entries: [message("m1")] }) });
	await page.tell({ type: "reveal", key: "m9" });
	await page.tell({
		type: "changes",
		seq: 2,
		changes: [{ type: "entriesChanged", upserts: [message("m9")], removed: [] }],
	});
	expect(page.root.querySelector("[data-revealed]")).toBeNull();
});

test("a removed row leaves the focus with the log", async () => {
	await page.tell({ type: "snapshot", chat: chat({ entries: [message("m1"), message("m2")] }) });
	await page.tell({ type: "reveal", key: "m1" });
	await page.tell({
		type: "changes",
		seq: 2,
		changes: [{ type: "entriesChanged", upserts: [], removed: ["m1"] }],
	});
	expect(document.activeElement?.className).toBe("log");
});
