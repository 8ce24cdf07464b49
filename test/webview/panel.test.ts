import { expect, test, vi } from "vitest";
import { ADA, chat, joined, ME, message, NOON_MS, roomAt } from "./support/facts";
import { frame, openPage, textOf } from "./support/page";

test("messages are articles with their kind, state and author", async () => {
	const page = openPage();
	await page.tell({
		type: "snapshot",
		chat: chat({
			entries: [
				message("m1", { sender: ADA }),
				message("m2", { sender: "e".repeat(64) }),
				message("m3", { sender: ME, state: { kind: "unknown" } }),
				joined("n4", "Linus"),
			],
		}),
	});
	const entries = [...page.root.querySelectorAll("[role=log][aria-label=Messages] article")];
	expect(
		entries.map((entry) => [
			entry.getAttribute("data-kind"),
			entry.getAttribute("data-state"),
			entry.getAttribute("aria-label")?.split(",")[0] ?? null,
		]),
	).toEqual([
		["message", "sent", "Ada"],
		["message", "sent", "unknown"],
		["message", "unknown", "You"],
		["notice", null, null],
	]);
});

test("the log itself announces nothing", async () => {
	const page = openPage();
	await page.tell({ type: "snapshot", chat: chat() });
	expect(page.root.querySelector("[role=log]")?.getAttribute("aria-live")).toBe("off");
});

test("a failed message has its reason, Retry and Discard", async () => {
	const page = openPage();
	const failed = message("m1", { sender: ME, state: { kind: "failed", reason: "No way." } });
	await page.tell({ type: "snapshot", chat: chat({ entries: [failed] }) });
	page.posted.length = 0;
	const entry = page.root.querySelector("article");
	for (const button of entry?.querySelectorAll<HTMLElement>(
		".message-state button, .message-state vscode-button",
	) ?? []) {
		button.click();
	}
	expect([textOf(entry?.querySelector(".message-state")).includes("No way."), page.posted]).toEqual(
		[
			true,
			[
				{ type: "retry", clientId: "m1", target: roomAt(1) },
				{ type: "discard", clientId: "m1", target: roomAt(1) },
			],
		],
	);
});

test.each([
	[0, ""],
	[600, "Sending…"],
	[11_000, "Sending…RetryDiscard"],
])("a message that has been on its way for %d ms says %j", async (ageMs, words) => {
	const page = openPage();
	const sinceMs = Date.now() - ageMs;
	const pending = message("m1", {
		sender: ME,
		state: { kind: "pending", sinceMs, waitsFor: "ack" },
	});
	await page.tell({ type: "snapshot", chat: chat({ entries: [pending] }) });
	expect(textOf(page.root.querySelector("article .message-state"))).toBe(words);
});

test("discarding all asks first", async () => {
	const page = openPage();
	const waits = message("m1", {
		sender: ME,
		state: { kind: "pending", sinceMs: NOON_MS, waitsFor: "connection" },
	});
	await page.tell({ type: "snapshot", chat: chat({ entries: [waits] }) });
	page.posted.length = 0;
	page.root.querySelector<HTMLElement>(".outbox button")?.click();
	const afterFirst = page.posted.length;
	page.root.querySelector<HTMLElement>(".outbox button")?.click();
	expect([afterFirst, page.posted]).toEqual([0, [{ type: "discardAll", target: roomAt(1) }]]);
});

test("a view with a gap asks for a snapshot once", async () => {
	const page = openPage();
	await page.tell({ type: "snapshot", chat: chat({ seq: 1 }) });
	page.posted.length = 0;
	await page.tell({ type: "changes", seq: 5, changes: [] });
	await page.tell({ type: "changes", seq: 6, changes: [] });
	expect(page.posted).toEqual([{ type: "ready" }]);
});

test("the people list is named People online, and its state is restored", async () => {
	const page = openPage();
	await page.tell({ type: "snapshot", chat: chat() });
	await page.tell({ type: "togglePeople" });
	const list = page.root.querySelector('[role=list][aria-label="People online"]');
	expect([[...(list?.children ?? [])].map(textOf), page.stored()]).toMatchObject([
		[/Yves.*You/, /Ada/].map((pattern) => expect.stringMatching(pattern) as string),
		{ openList: "people" },
	]);
});

test("a hidden panel draws nothing, and everything once it is visible", async () => {
	const page = openPage();
	await page.tell({ type: "snapshot", chat: chat() });
	const state = vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
	await page.tell({
		type: "changes",
		seq: 2,
		changes: [{ type: "entriesChanged", upserts: [message("m1")], removed: [] }],
	});
	await page.tell({ type: "togglePeople" });
	const count = () => page.root.querySelectorAll("article, #people").length;
	const hidden = count();
	state.mockReturnValue("visible");
	document.dispatchEvent(new Event("visibilitychange"));
	await frame();
	state.mockRestore();
	expect([hidden, count()]).toEqual([0, 2]);
});
