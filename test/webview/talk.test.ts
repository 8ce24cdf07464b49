import { beforeEach, describe, expect, it, test } from "vitest";
import type { ChatSnapshot } from "../../src/shared/chat";
import type { ToHost } from "../../src/shared/requests";
import {
	ADA,
	ALL_FEATURES,
	chat,
	GRACE,
	ME,
	message,
	PEOPLE,
	post,
	room,
	roomAt,
} from "./support/facts";
import { frame, openPage, textOf, type Page } from "./support/page";

let page: Page;

const ROOMS = [
	room(1, "lobby", { topic: "Be kind." }),
	room(2, "ops", { kind: "private", members: [ME, ADA], isOwn: true }),
	room(3, "", { kind: "direct", members: [ME, ADA] }),
	room(4, "old", { isArchived: true }),
];
const TALK = [
	message("k1", { sender: ADA, text: "The first.", post: post(1) }),
	message("k2", { sender: ME, text: "My own.", post: post(2, { editedMs: 5 }) }),
	message("k3", { sender: ADA, text: "The last, @yves.", post: post(3, { isForMe: true }) }),
];

const talk = (part: Partial<ChatSnapshot> = {}): ChatSnapshot =>
	chat({ rooms: ROOMS, entries: TALK, features: ALL_FEATURES, ...part });

async function show(part: Partial<ChatSnapshot> = {}): Promise<void> {
	await page.tell({ type: "snapshot", chat: talk(part) });
}

function requests<T extends ToHost["type"]>(type: T): Extract<ToHost, { type: T }>[] {
	return page.posted.filter(
		(request): request is Extract<ToHost, { type: T }> => request.type === type,
	);
}

const find = (selector: string) => page.root.querySelector<HTMLElement>(selector);
const bar = () => textOf(find(".composer .composer-bar"));

/** Moves the mouse over a message, and presses one of its buttons. */
function press(key: string, label: string): void {
	const article = find(`article[data-key=${key}]`);
	article?.dispatchEvent(new Event("pointermove", { bubbles: true }));
	find(`.message-toolbar [aria-label="${label}"]`)?.click();
}

beforeEach(async () => {
	page = openPage();
	await show();
	page.posted.length = 0;
});

describe("a quickstart database", () => {
	it("has one room, no room list, and no command but Copy Text", async () => {
		await page.tell({ type: "snapshot", chat: chat({ entries: [message("k1")] }) });
		find("article")?.dispatchEvent(new Event("pointermove", { bubbles: true }));
		const buttons = [...page.root.querySelectorAll(".message-toolbar button")];
		find(".message-toolbar button")?.click();
		expect([
			find(".room-switch"),
			find(".room-header .ui-more"),
			find(".typing"),
			buttons.map((button) => button.getAttribute("aria-label")),
			requests("copy"),
		]).toEqual([null, null, null, ["Copy Text"], [{ type: "copy", text: "text of k1" }]]);
	});

	it("gets no typing and no read mark", async () => {
		await page.tell({ type: "snapshot", chat: chat({ entries: [message("k1")] }) });
		page.type("hello");
		expect(page.posted.map(({ type }) => type)).toEqual(["scrolled"]);
	});
});

describe("the header", () => {
	it.each([
		[1, "# lobby", "Be kind."],
		[2, "ops", ""],
		[3, "Ada", ""],
	])("of room %d says %j", async (roomId, name, topic) => {
		await show({ openRoom: roomAt(roomId) });
		expect([textOf(find(".room-header h1")), textOf(find(".room-header .room-topic"))]).toEqual([
			name,
			topic,
		]);
	});

	it("opens one list at a time", () => {
		find(".room-switch")?.click();
		const first = [find("#rooms") !== null, find("#people") !== null];
		find(".room-online")?.click();
		expect([first, [find("#rooms") !== null, find("#people") !== null]]).toEqual([
			[true, false],
			[false, true],
		]);
	});
});

describe("the room list", () => {
	beforeEach(() => find(".room-switch")?.click());

	it("has joined rooms, direct messages, and folds for all others", () => {
		const lists = [...page.root.querySelectorAll("#rooms ul")];
		expect([
			lists.map((list) => list.getAttribute("aria-label")),
			[...page.root.querySelectorAll("#rooms .list-fold")].map(textOf),
		]).toEqual([["Rooms", "Direct messages"], ["1 archived"]]);
	});

	it("enters a room and closes", () => {
		[...page.root.querySelectorAll<HTMLElement>("#rooms .room-enter")].at(-1)?.click();
		expect([requests("enterRoom"), find("#rooms")]).toEqual([
			[{ type: "enterRoom", target: roomAt(3) }],
			null,
		]);
	});

	it("closes with Escape, and restores the focus", () => {
		const event = new KeyboardEvent("keydown", { key: "Escape", bubbles: true });
		document.activeElement?.dispatchEvent(event);
		expect([find("#rooms"), document.activeElement?.className]).toEqual([
			null,
			"room-switch ui-flat",
		]);
	});

	it("creates and switches rooms by commands of the host", () => {
		for (const tool of page.root.querySelectorAll<HTMLElement>("#rooms .room-tool")) {
			tool.click();
		}
		expect(requests("command").map(({ command }) => command)).toEqual(["createRoom", "switchRoom"]);
	});
});

test("Alt and an arrow key enter the next room, from anywhere in the panel", () => {
	page.press("ArrowDown", { altKey: true });
	page.press("ArrowUp", { altKey: true });
	expect(requests("enterRoom").map((request) => request.target.room)).toEqual([2, 3]);
});

describe("another room", () => {
	it("has its own draft, and a message to the previous room is still sent there", async () => {
		page.type("for the lobby");
		page.press("ArrowDown", { altKey: true });
		await show({ openRoom: roomAt(2) });
		const inOps = page.field.value;
		page.type("for ops");
		page.press("Enter");
		await show();
		expect([
			inOps,
			page.field.value,
			requests("send").map((request) => [request.target.room, request.text]),
		]).toEqual(["", "for the lobby", [[2, "for ops"]]]);
	});

	it("gets its refused message back, and the open room does not", async () => {
		page.type("bad");
		page.press("Enter");
		const { clientId } = requests("send")[0]!;
		await show({ openRoom: roomAt(2) });
		await page.tell({
			type: "sendResult",
			clientId,
			outcome: { kind: "refused", sentence: "No." },
		});
		const inOps = [page.field.value, textOf(find(".composer [role=alert]"))];
		await show();
		expect([inOps, page.field.value]).toEqual([["", "No."], "bad"]);
	});
});

describe("a reply", () => {
	it("shows the answered message, and is sent with its number", () => {
		press("k1", "Reply");
		const said = bar();
		page.type("yes");
		page.press("Enter");
		expect([
			said,
			requests("send").map((request) => [request.text, request.replyTo]),
			bar(),
		]).toEqual(["Replying to Ada: The first.", [["yes", 1]], ""]);
	});

	it("ends with Escape, and the text stays", () => {
		page.type("hm");
		press("k1", "Reply");
		page.press("Escape");
		expect([bar(), page.field.value]).toEqual(["", "hm"]);
	});

	it("comes back with its text after a refusal", async () => {
		press("k1", "Reply");
		page.type("bad");
		page.press("Enter");
		const { clientId } = requests("send")[0]!;
		await page.tell({
			type: "sendResult",
			clientId,
			outcome: { kind: "refused", sentence: "No." },
		});
		expect([bar(), page.field.value]).toEqual(["Replying to Ada: The first.", "bad"]);
	});

	it("shows the answered message while it is pending", async () => {
		press("k1", "Reply");
		page.type("yes");
		page.press("Enter");
		await frame();
		expect(textOf(find("article.pending .message-quote"))).toBe("Ada The first.");
	});
});

describe("an edit", () => {
	it("begins with ↑ in an empty box, and Escape restores the draft", () => {
		press("k1", "Reply");
		page.press("ArrowUp");
		const editing = [page.field.value, bar()];
		page.type("My own, better.");
		page.press("Escape");
		expect([editing, page.field.value, bar()]).toEqual([
			["My own.", "Editing your message"],
			"",
			"Replying to Ada: The first.",
		]);
	});

	it.each([
		["was just written", undefined],
		["waits for its ack", { kind: "pending", sinceMs: Date.now(), waitsFor: "ack" }],
		["may have arrived", { kind: "unknown" }],
	] as const)("does not begin on an older message when the last %s", async (_what, state) => {
		if (state === undefined) {
			page.type("the last");
			page.press("Enter");
		} else {
			await show({ entries: [...TALK, message("k4", { sender: ME, text: "the last", state })] });
		}
		page.press("ArrowUp");
		expect([page.field.value, bar()]).toEqual(["", ""]);
	});

	it("begins on the last sent message when a newer one failed", async () => {
		const failed = message("k4", { sender: ME, state: { kind: "failed", reason: "no" } });
		await show({ entries: [...TALK, failed] });
		page.press("ArrowUp");
		expect(page.field.value).toBe("My own.");
	});

	it("does not begin in a box with text", () => {
		page.type("hm");
		page.press("ArrowUp");
		expect(page.field.value).toBe("hm");
	});

	it("stays in the box until the host accepts it", async () => {
		page.press("ArrowUp");
		page.type("My own, better.");
		page.press("Enter");
		const [request] = requests("edit");
		const held = page.field.value;
		await page.tell({
			type: "sendResult",
			clientId: request!.clientId,
			outcome: { kind: "accepted" },
		});
		expect([
			request?.target.room,
			request?.seq,
			request?.text,
			held,
			page.field.value,
			bar(),
		]).toEqual([...[1, 2, "My own, better.", "My own, better.", "", ""]]);
	});

	it("that was refused stays in the box with the reason", async () => {
		page.press("ArrowUp");
		page.type("worse");
		page.press("Enter");
		const { clientId } = requests("edit")[0]!;
		await page.tell({
			type: "sendResult",
			clientId,
			outcome: { kind: "refused", sentence: "No." },
		});
		expect([page.field.value, bar(), textOf(find(".composer [role=alert]"))]).toEqual([
			...["worse", "Editing your message", "No."],
		]);
	});

	it("without a change posts nothing", () => {
		page.press("ArrowUp");
		page.press("Enter");
		expect([requests("edit"), bar()]).toEqual([[], ""]);
	});
});

describe("an @", () => {
	const options = () => [...page.root.querySelectorAll("[role=option]")].map(textOf);

	it("offers names, and Enter takes one instead of sending", () => {
		page.type("hello @a");
		const offered = options();
		page.press("Enter");
		expect([offered, page.field.value, requests("send"), options()]).toEqual([
			...[["A Ada"], "hello @Ada ", [], []],
		]);
	});

	it("moves in a circle with the arrow keys, and Escape closes it for this name", () => {
		page.type("@");
		page.press("ArrowDown");
		const active = textOf(find("[role=option][aria-selected=true]"));
		page.press("Escape");
		const closed = options();
		page.type("@g");
		expect([active, closed, options()]).toEqual(["G Grace", [], []]);
	});
});

describe("a user who can't write", () => {
	const ownSanction = {
		kind: "timeOut",
		untilMs: Date.now() + 6e5,
		reason: "noise",
		by: ADA,
	} as const;

	it("sees the reason, keeps the draft and sends nothing", async () => {
		page.type("hm");
		await show({ ownSanction });
		page.press("Enter");
		expect([
			/^You are in a time-out until .*By Ada: “noise”$/u.test(textOf(find(".composer-refusal"))),
			find("vscode-text-area")?.hasAttribute("readonly"),
			page.field.value,
			requests("send"),
		]).toEqual([true, true, "hm", []]);
	});

	it("has no reactions to add and no message to change", async () => {
		await show({ ownSanction });
		press("k2", "Edit");
		page.press("ArrowUp");
		expect([bar(), find(".message-toolbar [aria-label=Reply]")]).toEqual(["", null]);
	});

	it("sees the reason in an archived room", async () => {
		await show({ openRoom: roomAt(4) });
		expect(textOf(find(".composer-refusal"))).toBe(
			"This room is archived: it can be read, but nothing can be written.",
		);
	});
});

describe("a message", () => {
	it("shows that it was edited, and that it mentions the reader", () => {
		expect([
			textOf(find("article[data-key=k2] .message-body")),
			find("article[data-key=k3]")?.classList.contains("for-me"),
			textOf(find("article[data-key=k3] mark")),
		]).toEqual(["My own. (edited)", true, "@yves"]);
	});

	it.each([
		["deleted", "This message was deleted."],
		["removed", "Removed by a moderator."],
	] as const)("that was %s is a stub", async (gone, sentence) => {
		const entries = [message("k1", { text: "", post: post(1, { gone }) })];
		await show({ entries });
		expect(textOf(find("article .message-body"))).toBe(sentence);
	});

	it("leads to the message that it answers", async () => {
		const quote = { seq: 7, hit: "hit7", of: { sender: GRACE, excerpt: "Old.", isGone: false } };
		await show({ entries: [message("k9", { post: post(9, { quote }) })] });
		find(".message-quote")?.click();
		expect([textOf(find(".message-quote")), requests("reveal")]).toEqual([
			"Grace Old.",
			[{ type: "reveal", hit: "hit7" }],
		]);
	});

	it("has reactions that a press adds or removes", async () => {
		const reactions = [
			{ emoji: "👍", count: 2, isOwn: true, who: [ADA] },
			{ emoji: "🎉", count: 1, isOwn: false, who: [GRACE] },
		];
		await show({ entries: [message("k1", { post: post(1, { reactions }) })] });
		const chips = [...page.root.querySelectorAll<HTMLElement>(".message-reaction:not(.add)")];
		chips.forEach((chip) => chip.click());
		expect([
			chips.map((chip) => [chip.getAttribute("aria-pressed"), chip.title]),
			requests("react").map(({ emoji, isOn }) => [emoji, isOn]),
		]).toEqual([
			[
				["true", "You, Ada"],
				["false", "Grace"],
			],
			[
				["👍", false],
				["🎉", true],
			],
		]);
	});

	it("is deleted by a request of its menu", () => {
		press("k2", "More Actions…");
		const items = [...page.root.querySelectorAll<HTMLElement>("[role=menuitem]")];
		items.find((item) => textOf(item) === "Delete…")?.click();
		expect([items.map(textOf), requests("messageAction")]).toEqual([
			["Add Reaction", "Reply", "Edit", "Copy Text", "Show Earlier Texts", "Delete…"],
			[{ type: "messageAction", action: "delete", target: roomAt(1), seq: 2 }],
		]);
	});
});

test("the people of a private room come first", async () => {
	await show({
		openRoom: roomAt(2),
		people: [...PEOPLE, { identity: GRACE, name: "Grace", isOnline: true }],
	});
	find(".room-online")?.click();
	const lists = [...page.root.querySelectorAll("#people ul")];
	expect(
		lists.map((list) => [
			list.getAttribute("aria-label"),
			[...list.querySelectorAll(".person-name")].map(textOf),
		]),
	).toEqual([
		["Members", ["Yves", "Ada"]],
		["People online", ["Grace"]],
	]);
});

test("where everybody is a member, there is no group of others", async () => {
	await show({ openRoom: roomAt(2), people: PEOPLE.filter(({ identity }) => identity !== GRACE) });
	find(".room-online")?.click();
	const headings = [...page.root.querySelectorAll("#people h2, #people ul")];
	expect(headings.map((node) => node.getAttribute("aria-label") ?? textOf(node))).toEqual([
		"Members",
		"Members",
	]);
});

test("a person has a role, a status and a presence, in words", async () => {
	await show({
		people: [
			{
				...{ identity: ADA, name: "Ada", isOnline: true, role: "owner", availability: "busy" },
				status: { text: "Writing", emoji: "✍️" },
			},
		],
	});
	find(".room-online")?.click();
	const row = find("#people li");
	expect([
		[...row!.querySelectorAll("[role=img]")].map((mark) => mark.getAttribute("aria-label")),
		textOf(row?.querySelector(".person-status")),
		find(".message-head .message-status")?.title,
	]).toEqual([["Busy", "Owner"], "✍️ Writing", "✍️ Writing"]);
});

test("typing is reported at most once in three seconds, and not if the user has turned it off", async () => {
	page.type("h");
	page.type("he");
	const told = requests("typing").length;
	await show({ sharesTyping: false, openRoom: roomAt(2) });
	page.type("h");
	expect([told, requests("typing").length]).toEqual([1, 1]);
});
