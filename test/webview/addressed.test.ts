import { beforeEach, describe, expect, it, test } from "vitest";
import type { ChatSnapshot } from "../../src/shared/chat";
import type { ToHost } from "../../src/shared/requests";
import type { RoomAddress } from "../../src/shared/room";
import { ADA, ALL_FEATURES, chat, ME, message, post, room, roomAt } from "./support/facts";
import { openPage, textOf, type Page } from "./support/page";

let page: Page;
let seq = 0;

const CREATED = 1_700_000_000_000_000;
const ROOMS = [
	room(1, "lobby"),
	room(2, "secret", { kind: "private", members: [ME, ADA], createdMicros: CREATED }),
	room(3, "ops", { createdMicros: CREATED }),
];
const SECRET: RoomAddress = { ...roomAt(2), createdMicros: CREATED };
const OPS: RoomAddress = { ...roomAt(3), createdMicros: CREATED };
const LOBBY = roomAt(1);
const ELSEWHERE: RoomAddress = { database: "http://localhost:3000/#other", room: 1 };
const OWN = message("k2", { sender: ME, text: "My own.", post: post(2) });
const ACCEPTED = { kind: "accepted" } as const;
const REFUSED = { kind: "refused", sentence: "No." } as const;

/** A snapshot of one room, with an own message in it. */
async function show(openRoom: RoomAddress, part: Partial<ChatSnapshot> = {}): Promise<void> {
	const common = { rooms: ROOMS, features: ALL_FEATURES, entries: [OWN] };
	await page.tell({
		type: "snapshot",
		chat: chat({ ...common, seq: ++seq, openRoom, ...part }),
	});
}

function requests<T extends ToHost["type"]>(type: T): Extract<ToHost, { type: T }>[] {
	return page.posted.filter(
		(request): request is Extract<ToHost, { type: T }> => request.type === type,
	);
}

const find = (selector: string) => page.root.querySelector<HTMLElement>(selector);
const bar = () => textOf(find(".composer .composer-bar"));
const said = () => textOf(find(".composer [role=alert], .composer [role=status]"));
/** All requests that change something for somebody. */
const acts = () =>
	page.posted.filter(({ type }) => ["send", "setName", "edit", "typing", "react"].includes(type));

/** Closes the view and opens a new one with the stored state. */
function reload(): void {
	page = openPage(page.stored());
}

/** Begins an edit of the own message, and gives it another text. */
function edit(text: string): void {
	page.press("ArrowUp");
	page.type(text);
	page.press("Enter");
}

async function answerLast(
	type: "edit" | "setName" | "send",
	outcome: typeof ACCEPTED | typeof REFUSED,
) {
	const clientId = requests(type).at(-1)?.clientId ?? "";
	await page.tell({ type: "sendResult", clientId, outcome });
}

beforeEach(() => {
	seq = 0;
	page = openPage();
});

describe("before the first snapshot of a new view", () => {
	beforeEach(async () => {
		await show(SECRET);
		page.type("a secret");
		reload();
	});

	it.each([
		["Enter", () => page.press("Enter")],
		["the Send button", () => find(".composer .composer-send")?.click()],
		[
			"/name",
			() => {
				page.type("/name Ada");
				page.press("Enter");
			},
		],
		[
			"an edit with the arrow key",
			() => {
				page.type("");
				page.press("ArrowUp");
				page.press("Enter");
			},
		],
		["typing", () => page.type("a secret, and more")],
	])("%s sends nothing", async (_what, act) => {
		act();
		await Promise.resolve();
		expect(acts()).toEqual([]);
	});

	it("a stored edit is not sent", async () => {
		await show(SECRET);
		page.type("");
		page.press("ArrowUp");
		page.type("My own, longer.");
		reload();
		page.press("Enter");
		expect([acts(), page.field.value]).toEqual([[], "My own, longer."]);
	});

	it.each([
		["another room", LOBBY],
		["another database", ELSEWHERE],
		["the room that has its id now", { ...SECRET, createdMicros: CREATED + 1 }],
	])("a first snapshot of %s takes the draft out of the box and keeps it", async (_what, first) => {
		page.press("Enter");
		page.type("a secret, and more");
		await show(first);
		const inBox = page.field.value;
		page.press("Enter");
		const sent = acts();
		await show(SECRET);
		expect([inBox, sent, page.field.value]).toEqual(["", [], "a secret, and more"]);
	});

	it("the first snapshot of its own room leaves the draft in the box, for this room", async () => {
		await show(SECRET);
		page.press("Enter");
		expect(requests("send").map(({ text, target }) => [text, target])).toEqual([
			["a secret", SECRET],
		]);
	});
});

describe("an edit that the host accepts leaves the box", () => {
	beforeEach(async () => {
		await show(SECRET);
		edit("My own, longer.");
	});

	it("after a snapshot of its room", async () => {
		await show(SECRET);
		await answerLast("edit", ACCEPTED);
		expect([page.field.value, bar()]).toEqual(["", ""]);
	});

	it("while another room is open", async () => {
		await show(OPS);
		await answerLast("edit", ACCEPTED);
		await show(SECRET);
		expect([page.field.value, bar()]).toEqual(["", ""]);
	});

	it("after the user was in another room and came back", async () => {
		await show(OPS);
		await show(SECRET);
		await answerLast("edit", ACCEPTED);
		expect([page.field.value, bar()]).toEqual(["", ""]);
	});

	it("in a view that was opened again before the answer", async () => {
		reload();
		await show(SECRET, { entries: [{ ...OWN, text: "My own, longer." }] });
		expect([page.field.value, bar()]).toEqual(["", ""]);
	});

	it("in a view that was opened again before the message changed", async () => {
		reload();
		await show(SECRET);
		await page.tell({
			type: "changes",
			seq: ++seq,
			changes: [
				{
					type: "entriesChanged",
					upserts: [{ ...OWN, text: "My own, longer." }],
					removed: [],
				},
			],
		});
		expect([page.field.value, bar()]).toEqual(["", ""]);
	});
});

describe("an edit stays in the box", () => {
	beforeEach(async () => {
		await show(SECRET);
		edit("My own, longer.");
	});

	it("with the text that was typed since", async () => {
		await show(SECRET);
		page.type("My own, even longer.");
		await answerLast("edit", ACCEPTED);
		expect([page.field.value, bar()]).toEqual(["My own, even longer.", "Editing your message"]);
	});

	it("with the reason, when the host refuses it after a snapshot", async () => {
		await show(SECRET);
		await answerLast("edit", REFUSED);
		expect([page.field.value, bar(), textOf(find(".composer [role=alert]"))]).toEqual([
			"My own, longer.",
			"Editing your message",
			"No.",
		]);
	});

	it("of the room that was left, when the host refuses it", async () => {
		await show(OPS);
		await answerLast("edit", REFUSED);
		await show(SECRET);
		expect([page.field.value, bar()]).toEqual(["My own, longer.", "Editing your message"]);
	});

	it("that was begun since for the same message", async () => {
		page.press("Escape");
		await show(SECRET, { entries: [{ ...OWN, text: "My own, longer." }] });
		page.press("ArrowUp");
		await answerLast("edit", ACCEPTED);
		expect([page.field.value, bar()]).toEqual(["My own, longer.", "Editing your message"]);
	});
});

describe("a name that the host accepts leaves the box", () => {
	beforeEach(async () => {
		await show(SECRET);
		page.type("/name Ada");
		page.press("Enter");
	});

	it("after a snapshot", async () => {
		await show(SECRET);
		await answerLast("setName", ACCEPTED);
		expect(page.field.value).toBe("");
	});

	it("while another room is open", async () => {
		await show(OPS);
		await answerLast("setName", ACCEPTED);
		await show(SECRET);
		expect(page.field.value).toBe("");
	});

	it("after the user was in another room and came back", async () => {
		await show(OPS);
		await show(SECRET);
		await answerLast("setName", ACCEPTED);
		expect(page.field.value).toBe("");
	});

	it("but not what was typed since", async () => {
		await show(SECRET);
		page.type("/name Ada Lovelace");
		await answerLast("setName", ACCEPTED);
		expect(page.field.value).toBe("/name Ada Lovelace");
	});
});

describe("the draft of a room", () => {
	it("is not that of the room that has its id now", async () => {
		await show(OPS);
		page.type("for the old room");
		await show({ ...OPS, createdMicros: CREATED + 1 });
		const inNew = page.field.value;
		await show(OPS);
		expect([inNew, page.field.value]).toEqual(["", "for the old room"]);
	});

	it("is not given to the room that has its id now by a snapshot without a creation time", async () => {
		await show(OPS);
		page.type("for the old room");
		await show(roomAt(3));
		await show({ ...OPS, createdMicros: CREATED + 1 });
		expect(page.field.value).toBe("");
	});

	it("gets a refused message back, also when another room has its id now", async () => {
		await show(OPS);
		page.type("for the old room");
		page.press("Enter");
		await show({ ...OPS, createdMicros: CREATED + 1 });
		await answerLast("send", REFUSED);
		const inNew = [page.field.value, said()];
		await show(OPS);
		expect([inNew, page.field.value]).toEqual([["", "No."], "for the old room"]);
	});
});

test("the room asked for last is asked for, also when it is the one that is still shown", async () => {
	await show(LOBBY);
	const choose = (name: string) => {
		find(".room-switch")?.click();
		const rooms = [...page.root.querySelectorAll<HTMLElement>("#rooms .room-enter")];
		rooms.find((one) => textOf(one).includes(name))?.click();
	};
	choose("ops");
	choose("lobby");
	expect(requests("enterRoom").map(({ target }) => target)).toEqual([OPS, LOBBY]);
});

describe("words that were begun in a room", () => {
	const press = () => page.press("Enter");
	const sent = () => requests("send").map(({ text, target }) => [text, target]);

	it.each([
		["", () => Promise.resolve()],
		[
			" by a view that is opened again",
			() => {
				reload();
				page.type("the word is");
				return Promise.resolve();
			},
		],
	])("are not ended in one that opens unasked%s, but by a second Enter", async (_what, before) => {
		await show(SECRET);
		page.type("the word is");
		await before();
		await show(LOBBY);
		page.type("hunter2");
		press();
		const first = [sent(), page.field.value, said()];
		press();
		expect([first, sent()]).toEqual([
			[[], "hunter2", "Another room was opened while you typed. Press Enter again to send here."],
			[["hunter2", LOBBY]],
		]);
	});

	it("are sent at once in a room that was asked for", async () => {
		await show(LOBBY);
		page.type("half a sen");
		page.press("ArrowDown", { altKey: true });
		await show({ ...roomAt(requests("enterRoom")[0]?.target.room ?? 0), createdMicros: CREATED });
		page.type("hello");
		press();
		expect(sent().map(([text]) => text)).toEqual(["hello"]);
	});

	it("are sent at once when the creation time of their room becomes known", async () => {
		await show(roomAt(2));
		page.type("a secret");
		await show(SECRET);
		press();
		expect(sent()).toEqual([["a secret", SECRET]]);
	});

	it("are sent at once after the box was left", async () => {
		await show(SECRET);
		page.type("half a sen");
		page.field.dispatchEvent(new Event("blur"));
		await show(LOBBY);
		page.type("hello");
		press();
		expect(sent()).toEqual([["hello", LOBBY]]);
	});
});

test("a message of a closed view is for its room, whatever room opens", async () => {
	await show(SECRET);
	page.type("a secret");
	page.press("Enter");
	reload();
	await show(LOBBY);
	const targets = requests("send").map(({ target }) => target);
	expect([targets, page.root.querySelectorAll("article[data-state=pending]").length]).toEqual([
		[SECRET],
		0,
	]);
});

test("a message of a closed view waits for its database", async () => {
	await show(SECRET);
	page.type("a secret");
	page.press("Enter");
	reload();
	await show(ELSEWHERE);
	const elsewhere = requests("send").length;
	await show(LOBBY);
	expect([elsewhere, requests("send").map(({ target }) => target)]).toEqual([0, [SECRET]]);
});
