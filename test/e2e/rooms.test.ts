import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeOwner } from "../../scripts/lib/databases.mjs";
import type { WorkbenchWindow } from "../../scripts/lib/workbench.mjs";
import { MAX_VIEW_ENTRIES } from "../../src/shared/chat";
import { Caller } from "../support/callers";
import { liftRates, publishAs } from "../support/chatServer";
import { numbersIn, range, walkUpTo } from "../support/logWalk";
import { Scene } from "../support/scene";
import { BulkSender } from "../support/bulkSender";
import { until } from "../support/until";

/** Messages in a private room, and the number through which the reader scrolls up. */
const ARCHIVED = 3_000;
const WALKED = 1_000;
/** Messages from before joining. */
const BEFORE = 1_500;

let scene: Scene;
let ada: WorkbenchWindow;
let grace: WorkbenchWindow;
let publisher: { readonly identity: string; readonly token: string };

beforeAll(async () => {
	scene = await Scene.set("newest", async (server, database) => {
		publisher = await publishAs(server, database, "ours");
	});
	ada = await scene.window();
	grace = await scene.strangersWindow("newest");
	await ada.peopleOnline.waitFor();
	await grace.peopleOnline.waitFor();
	await ada.say("/name Ada");
	await grace.say("/name Grace");
	await ada.notices.filter({ hasText: "is now Grace" }).waitFor();
	await makeOwner(scene.server.url, "quickstart-chat", {
		identity: await ada.identity(),
		token: publisher.token,
	});
});
afterAll(async () => {
	await scene.strike();
});

/** Chooses the item of a quick pick with this label. */
async function choose(window: WorkbenchWindow, label: string): Promise<void> {
	await window.page
		.locator(".quick-input-list .monaco-list-row")
		.filter({ hasText: label })
		.first()
		.click();
}

function heading(window: WorkbenchWindow) {
	return window.panel.getByRole("heading", { level: 1 });
}

async function isIn(window: WorkbenchWindow, room: string): Promise<void> {
	await heading(window).filter({ hasText: room }).waitFor();
}

async function sees(window: WorkbenchWindow, text: string): Promise<void> {
	await window.messages.filter({ hasText: text }).first().waitFor();
}

test("a direct message opens for both people, with the unread count on the other side", async () => {
	await ada.run("Chat: Message Someone");
	await choose(ada, "Grace");
	await isIn(ada, "Grace");
	await ada.say("between you and me");
	await sees(ada, "between you and me");
	await until("the badge counts it", async () =>
		(await grace.activity.getAttribute("aria-label"))?.includes("1"),
	);
	await grace.run("Chat: Switch Room");
	await choose(grace, "Ada");
	await sees(grace, "between you and me");
	await until(
		"it is read",
		async () => !((await grace.activity.getAttribute("aria-label"))?.includes("unread") ?? false),
	);
	await grace.say("and back");
	await sees(ada, "and back");
	expect(await ada.messages.count()).toBe(2);
});

test("New Room makes a private room, and an invitation adds a member", async () => {
	await ada.run("Chat: New Room");
	await ada.answer("Backstage");
	await choose(ada, "Private");
	await isIn(ada, "Backstage");
	await ada.say("before anybody came");
	await sees(ada, "before anybody came");
	await heading(ada).getByRole("button").click();
	await ada.panel.getByRole("button", { name: "Actions for Backstage" }).first().click();
	await ada.panel.getByRole("menuitem", { name: /Invite/ }).click();
	await choose(ada, "Grace");
	await open(grace, "Backstage");
	await isIn(grace, "Backstage");
	await ada.say("welcome");
	await sees(grace, "welcome");
	// A new member sees the messages from joining on.
	expect(await grace.messages.count()).toBe(1);
});

test("a draft stays in its room", async () => {
	await grace.composer.fill("half a thought");
	await grace.run("Chat: Switch Room");
	await choose(grace, "lobby");
	await isIn(grace, "lobby");
	const elsewhere = await grace.composer.inputValue();
	await grace.run("Chat: Switch Room");
	await choose(grace, "Backstage");
	await isIn(grace, "Backstage");
	const back = await grace.composer.inputValue();
	await grace.composer.fill("");
	expect([elsewhere, back]).toEqual(["", "half a thought"]);
});

test("a time-out shows its reason, disables the composer, and can be lifted", async () => {
	for (const window of [ada, grace]) {
		await window.run("Chat: Switch Room");
		await choose(window, "lobby");
		await isIn(window, "lobby");
	}
	await ada.showPeople();
	await ada.panel.getByRole("button", { name: "Actions for Grace" }).click();
	await ada.panel.getByRole("menuitem", { name: /Time Out/ }).click();
	await choose(ada, "5 minutes");
	await ada.answer("too many puns");
	const told = grace.panel.getByText(/time-out.*too many puns/);
	await told.waitFor();
	const boxes = await grace.composer.count();
	await ada.panel.getByRole("button", { name: "Actions for Grace" }).click();
	await ada.panel.getByRole("menuitem", { name: /Lift/ }).click();
	await ada.answer("");
	await told.waitFor({ state: "detached" });
	await grace.say("thank you");
	await sees(ada, "thank you");
	expect(boxes).toBe(0);
});

test("the palette offers the room of the open repository, and makes it only after a confirmation", async () => {
	const git = join(scene.workbench.folder, ".git");
	await mkdir(git);
	await writeFile(
		join(git, "config"),
		'[remote "origin"]\n\turl = git@example.com:Ada/Engine.git\n',
	);
	await ada.run("Chat: Open This Repository’s Room");
	const question = ada.page.getByRole("dialog").filter({ hasText: "no room for ada/engine" });
	await question.waitFor();
	await question.getByRole("button", { name: "Create Room" }).click();
	await choose(ada, "Public");
	await isIn(ada, "ada/engine");
	await ada.run("Chat: Switch Room");
	await choose(ada, "lobby");
	await isIn(ada, "lobby");
	// The room exists now, so no question appears.
	await ada.run("Chat: Open This Repository’s Room");
	await isIn(ada, "ada/engine");
	await ada.run("Chat: Switch Room");
	await choose(ada, "lobby");
	await isIn(ada, "lobby");
});

test("an edited message is marked on both sides, and ↑ edits it", async () => {
	await grace.say("a typo herre");
	await sees(ada, "a typo herre");
	// Others may see the message before its sender can edit it.
	await until("the text is in the box", async () => {
		await grace.composer.press("ArrowUp");
		return (await grace.composer.inputValue()) === "a typo herre";
	});
	await grace.say("a typo here");
	await sees(ada, "a typo here");
	const edited = ada.messages.filter({ hasText: "a typo here" });
	expect(await edited.getByText(/edited/i).count()).toBe(1);
});

test("a removed message is a stub for all people", async () => {
	await grace.say("nothing nice");
	const message = ada.messages.filter({ hasText: "nothing nice" });
	await message.waitFor();
	await message.hover();
	await ada.panel.getByRole("button", { name: /More/ }).click();
	await ada.panel.getByRole("menuitem", { name: /Remove/ }).click();
	await ada.page.getByRole("button", { name: "Remove", exact: true }).click();
	await grace.messages.filter({ hasText: /removed by a moderator/i }).waitFor();
	expect(await grace.messages.filter({ hasText: "nothing nice" }).count()).toBe(0);
});

/** A client that sends in a private room with Grace as a member. */
interface Host {
	/** Sends `text` with each of these numbers, as fast as the server accepts. */
	say(from: number, to: number): Promise<void>;
	/** Waits until all messages are sent. */
	done(): Promise<void>;
	leave(): void;
}

async function inviteGrace(name: string): Promise<Host> {
	const { server } = scene;
	await liftRates(server, "quickstart-chat", publisher);
	const sender = await BulkSender.connect(server.url, "quickstart-chat");
	const host = new Caller(server.url, "quickstart-chat", sender);
	await host.do("create_room", name, "", true, name);
	const [[room] = []] = await host.rows("SELECT room FROM private_room");
	await host.do("invite", room, [`0x${await grace.identity()}`]);
	return {
		async say(from, to) {
			for (const number of range(from, to)) {
				await sender.keepPace();
				sender.send(Number(room), `text ${number}`);
			}
		},
		done: () => sender.done(),
		leave: () => sender.leave(),
	};
}

/** Opens a room from the list, once its entry has this unread count. */
async function open(window: WorkbenchWindow, room: string, unread?: number): Promise<void> {
	const item = await find(window, room, unread);
	await item.click();
}

/** Opens the list of rooms, and returns a room's entry once it has this unread count. */
async function find(window: WorkbenchWindow, room: string, unread?: number) {
	await heading(window).getByRole("button").click();
	const rooms = window.panel.locator("#rooms");
	if (unread !== undefined) {
		await rooms.getByTitle(`${unread} unread`, { exact: true }).waitFor();
	}
	return rooms.getByText(room);
}

/** The slowdown of a busy workbench. */
const BUSY = 80;

test("a reader at the first unread message stays there, however many messages arrive", async () => {
	const host = await inviteGrace("Busy");
	await host.say(0, 99);
	await host.done();
	// In a busy workbench the view's report takes time: many messages arrive before the host knows the
	// reading position, once all unread messages are there.
	const devtools = await grace.page.context().newCDPSession(grace.page);
	const room = await find(grace, "Busy", 100);
	await devtools.send("Emulation.setCPUThrottlingRate", { rate: BUSY });
	await room.click();
	await sees(grace, "text 99");
	await host.say(100, ARCHIVED - 1);
	await host.done();
	await devtools.send("Emulation.setCPUThrottlingRate", { rate: 1 });
	host.leave();
	const jump = grace.panel.getByRole("button", { name: /new messages$/ });
	await jump.waitFor();
	const line = await grace.log.getByRole("separator", { name: "New messages" }).boundingBox();
	const log = await grace.log.boundingBox();
	const below = (line?.y ?? NaN) - (log?.y ?? NaN);
	const numbers = await numbersIn(grace);
	expect([numbers, below >= 0 && below < (log?.height ?? NaN)]).toEqual([
		range(0, numbers.length - 1),
		true,
	]);
});

test("scrolling up through a thousand messages of a private room shows each one, without a jump", async () => {
	const host = await inviteGrace("Archive");
	await host.say(0, BEFORE - 1);
	// The view holds fewer messages than are unread, so the reader enters at the end.
	await host.done();
	await open(grace, "Archive", BEFORE);
	// Others keep sending while the reader enters.
	await host.say(BEFORE, ARCHIVED - 1);
	await host.done();
	host.leave();
	await isIn(grace, "Archive");
	await until("the newest is there", async () => {
		const numbers = await numbersIn(grace);
		if (numbers.at(-1) !== ARCHIVED - 1) {
			throw new Error(`it is ${numbers.at(-1)} of ${numbers.length}`);
		}
		return true;
	});
	const numbers = () => numbersIn(grace);
	await grace.panel.getByRole("button", { name: "First new message" }).click();
	await until("the first is there", async () => (await numbers())[0] === 0);
	await grace.panel.getByRole("button", { name: "Jump to latest" }).click();
	await until("the newest is there again", async () => (await numbers()).at(-1) === ARCHIVED - 1);
	const walk = await walkUpTo(grace, ARCHIVED - 1 - WALKED);
	const [oldest = 0] = walk.met;
	expect([
		walk.met,
		walk.jumps,
		walk.most <= MAX_VIEW_ENTRIES,
		oldest <= ARCHIVED - 1 - WALKED,
	]).toEqual([range(oldest, ARCHIVED - 1), 0, true, true]);
});
