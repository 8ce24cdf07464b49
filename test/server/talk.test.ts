import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { makeOwner } from "../../scripts/lib/databases.mjs";
import { startServer } from "../../scripts/lib/spacetimedb.mjs";
import type { ReducerCall, MentionRow } from "../../src/extension/chat/backend";
import { callReducer } from "../../src/extension/chat/callReducer";
import { sendMessage } from "../../src/extension/chat/sendMessage";
import type { Room } from "../../src/shared/room";
import { LOBBY } from "../../src/shared/room";
import type { Server } from "../support/chatServer";
import { liftRates, publishAs } from "../support/chatServer";
import { TerminalClient } from "../support/terminalClient";
import { TestWindow } from "../support/testWindow";
import { until } from "../support/until";

const DATABASE = "talk";

let server: Server;
let publisher: { readonly identity: string; readonly token: string };
let ada: TestWindow;
let grace: TestWindow;
let rooms = 0;
const windows: TestWindow[] = [];

beforeAll(async () => {
	server = await startServer();
	publisher = await publishAs(server, DATABASE, "ours");
	ada = await TestWindow.online(server.url, DATABASE);
	grace = await TestWindow.online(server.url, DATABASE);
	await ada.say("/name Ada");
	await grace.say("/name Grace");
	await liftRates(server, DATABASE, publisher);
	await makeOwner(server.url, DATABASE, { identity: ada.me, token: publisher.token });
	await until("Ada is an owner", () => ada.session.people.get(ada.me)?.role === "owner");
});
afterAll(async () => {
	ada.close();
	grace.close();
	await server.stop();
});
afterEach(async () => {
	for (const window of windows.splice(0)) {
		window.close();
	}
	await Promise.all([ada, grace].map((window) => window.session.enterRoom(LOBBY)));
});

async function does(window: TestWindow, deed: ReducerCall): Promise<void> {
	await callReducer(window.session.roomsApi, deed);
}

function roomOf(window: TestWindow, name: string): Room | undefined {
	return window.session.rooms.all.find((room) => room.name === name);
}

/** Makes a room of Ada's with Grace as a member. */
async function sharedRoom(isPrivate: boolean): Promise<number> {
	const name = `room ${++rooms}`;
	const clientId = crypto.randomUUID();
	await does(ada, { type: "createRoom", name, topic: "", isPrivate, clientId });
	const { id } = await until("Ada has the room", () => roomOf(ada, name));
	await (isPrivate
		? does(ada, { type: "invite", room: id, person: grace.me })
		: does(grace, { type: "joinRoom", room: id }));
	await until("Grace is in it", () => roomOf(grace, name)?.isJoined);
	return id;
}

async function enter(room: number, ...people: TestWindow[]): Promise<void> {
	await Promise.all(people.map((window) => window.session.enterRoom(room)));
}

describe.each([false, true])("in a room that is private: %s", (isPrivate) => {
	test("a message is visible to the other person, in that room and in no other", async () => {
		const room = await sharedRoom(isPrivate);
		await enter(room, ada, grace);
		await ada.say("in the room");
		await grace.sees("in the room");
		await enter(LOBBY, grace);
		expect(grace.texts).not.toContain("in the room");
	});

	test("many lines typed at once arrive once and in order", async () => {
		const room = await sharedRoom(isPrivate);
		await enter(room, ada, grace);
		const texts = Array.from({ length: 30 }, (_, index) => `line ${index}`);
		await Promise.all(texts.map((text) => ada.say(text)));
		await grace.sees("line 29", 30_000);
		expect([grace.texts, ada.texts]).toEqual([texts, texts]);
	});

	test("messages to a closed room count as unread until they are read", async () => {
		const room = await sharedRoom(isPrivate);
		await enter(room, ada);
		await ada.say("one");
		await ada.say("two");
		const seen = () => grace.session.rooms.get(room);
		await until("two are unread", () => seen()?.unread === 2);
		const before = seen()?.unreadFrom;
		await does(grace, { type: "markRead", room, seq: 1 });
		await until("none is", () => seen()?.unread === 0);
		expect([before, seen()?.unreadFrom, seen()?.last?.excerpt]).toEqual([0, 2, "two"]);
	});

	test("an entered room has its backlog when the server has sent it, not before", async () => {
		const room = await sharedRoom(isPrivate);
		await enter(room, ada);
		await ada.say("before");
		const entering = grace.session.enterRoom(room);
		const { openRoom } = grace.session;
		const atOnce = [openRoom.id, openRoom.log.hasBacklog];
		await entering;
		expect([atOnce, openRoom.log.hasBacklog]).toEqual([[room, false], true]);
		await grace.sees("before");
	});

	test("an answer quotes the answered message, and follows its edits", async () => {
		const room = await sharedRoom(isPrivate);
		await enter(room, ada, grace);
		await ada.say("the question");
		const { post } = await grace.sees("the question");
		await sendMessage(grace.session, {
			clientId: crypto.randomUUID(),
			text: "the answer",
			target: grace.session.roomAddress(room),
			replyTo: post?.seq,
		});
		const answer = await ada.sees("the answer");
		await does(ada, { type: "editPost", room, seq: post?.seq ?? 0, text: "another question" });
		await until("the quote follows", () =>
			ada.messages.some(({ post: other }) => other?.quote?.of?.excerpt === "another question"),
		);
		const edited = ada.messages.find(({ text }) => text === "another question");
		expect([
			answer.post?.quote?.of?.sender,
			answer.post?.isForMe,
			edited?.post?.editedMs !== undefined,
		]).toEqual([ada.me, true, true]);
	});

	test("earlier texts are kept, and deleted with their message", async () => {
		const room = await sharedRoom(isPrivate);
		await enter(room, ada, grace);
		await ada.say("first text");
		const seq = (await grace.sees("first text")).post?.seq ?? -1;
		await does(ada, { type: "editPost", room, seq, text: "second text" });
		await grace.sees("second text");
		const versions = await grace.session.roomsApi?.versions(room, seq);
		await does(ada, { type: "deletePost", room, seq });
		await until("it is gone", () =>
			grace.messages.some(({ post, text }) => post?.gone === "deleted" && text === ""),
		);
		const after = await grace.session.roomsApi?.versions(room, seq);
		expect([versions?.map(({ text }) => text), after]).toEqual([["first text"], []]);
	});

	test("reactions are counted, and can be removed", async () => {
		const room = await sharedRoom(isPrivate);
		await enter(room, ada, grace);
		await ada.say("react to this");
		const seq = (await grace.sees("react to this")).post?.seq ?? -1;
		const react = (window: TestWindow, isOn: boolean) =>
			does(window, { type: "react", room, seq, emoji: "🎉", isOn });
		await react(grace, true);
		await react(ada, true);
		const reactions = () => ada.messages.find(({ post }) => post?.seq === seq)?.post?.reactions;
		await until("both are seen", () => reactions()?.[0]?.count === 2);
		const both = reactions();
		await react(ada, false);
		await until("one is left", () => reactions()?.[0]?.count === 1);
		expect([both, reactions()]).toEqual([
			[{ emoji: "🎉", count: 2, isOwn: true, who: [grace.me] }],
			[{ emoji: "🎉", count: 1, isOwn: false, who: [grace.me] }],
		]);
	});

	test("a mention is notified, counted, and read", async () => {
		const room = await sharedRoom(isPrivate);
		const told: MentionRow[] = [];
		const listener = grace.session.onDidMention((mention) => told.push(mention));
		await enter(room, ada);
		await ada.say("look, @grace!");
		await until("it is counted", () => grace.session.rooms.get(room)?.mentions === 1);
		await does(grace, { type: "markRead", room, seq: 0 });
		await until("it is read", () => grace.session.rooms.get(room)?.mentions === 0);
		listener.dispose();
		expect(told).toMatchObject([{ room, sender: ada.me }]);
	});

	test("the start and the end of typing are visible to the other person", async () => {
		const room = await sharedRoom(isPrivate);
		await enter(room, ada, grace);
		await does(ada, { type: "startTyping", room });
		await until("Grace sees it", () => grace.session.rooms.typing.includes(ada.me));
		await ada.say("typed");
		await until("it has ended", () => grace.session.rooms.typing.length === 0);
		expect(ada.session.rooms.typing).toEqual([]);
	});

	test("a line typed offline goes to the room in which it was typed", async () => {
		const room = await sharedRoom(isPrivate);
		const window = new TestWindow(server.url, DATABASE, ada.secrets, undefined);
		windows.push(window);
		window.session.connection.connect();
		await window.becomes("online");
		await window.session.enterRoom(room);
		window.session.connection.disconnect();
		await window.say("typed offline");
		await window.session.enterRoom(LOBBY);
		window.session.connection.connect();
		await enter(room, grace);
		await grace.sees("typed offline", 20_000);
		await window.becomes("online");
		expect(window.texts).not.toContain("typed offline");
	});

	test("a reconnect keeps the open room", async () => {
		const room = await sharedRoom(isPrivate);
		await enter(room, grace, ada);
		await ada.say("before the cut");
		await grace.sees("before the cut");
		grace.session.connection.connect();
		await grace.becomes("online");
		expect([grace.session.openRoom.id, grace.texts]).toEqual([room, ["before the cut"]]);
	});
});

test("a direct message is one room for either opener, and its messages count as mentions", async () => {
	await does(ada, { type: "openDirect", person: grace.me });
	await does(grace, { type: "openDirect", person: ada.me });
	const direct = (window: TestWindow) =>
		window.session.rooms.all.filter(({ kind }) => kind === "direct");
	await until("both have it", () => direct(ada).length > 0 && direct(grace).length > 0);
	const [room] = direct(ada);
	await enter(room?.id ?? 0, ada);
	await ada.say("between us");
	await until("it is counted", () => direct(grace)[0]?.mentions === 1);
	expect([direct(ada).length, direct(grace)[0]?.id, direct(grace)[0]?.members.length]).toEqual([
		1,
		room?.id,
		2,
	]);
});

test("a stranger sees neither a private room nor its messages, and the publisher's panel keeps none", async () => {
	const room = await sharedRoom(true);
	await enter(room, ada, grace);
	await ada.say("a secret word");
	await grace.sees("a secret word");
	const stranger = await TestWindow.online(server.url, DATABASE);
	windows.push(stranger);
	const secrets = ada.secrets;
	const key = ada.session.address?.key ?? "";
	const owner = new TestWindow(server.url, DATABASE);
	owner.secrets.stored.set(`spacetimedbChat.token:${key}`, publisher.token);
	windows.push(owner);
	owner.session.connection.connect();
	await owner.becomes("online");
	for (const window of [stranger, owner]) {
		await window.session.enterRoom(room);
	}
	const seen = [stranger, owner].map((window) => [
		window.session.rooms.get(room),
		window.session.openRoom.id,
		JSON.stringify(window.entries).includes("a secret word"),
	]);
	expect([secrets.stored.size > 0, owner.me, seen]).toEqual([
		true,
		publisher.identity,
		[
			[undefined, LOBBY, false],
			[undefined, LOBBY, false],
		],
	]);
});

test("a time-out is visible to both sides, and ends the person's permissions", async () => {
	await does(ada, { type: "timeOut", person: grace.me, seconds: 600, reason: "too loud" });
	const ownSanction = await until("Grace sees her sanction", () => grace.session.rooms.ownSanction);
	await grace.say("may I?");
	const refused = await until("it is refused", () =>
		grace.messages.find(({ text, state }) => text === "may I?" && state.kind === "failed"),
	);
	await until("Ada sees it", () => ada.session.people.get(grace.me)?.sanction?.kind === "timeOut");
	await does(ada, { type: "lift", person: grace.me, kind: "timeOut", reason: "" });
	await until("it is lifted", () => grace.session.rooms.ownSanction === undefined);
	grace.session.retry(refused.key);
	await ada.sees("may I?");
	expect([ownSanction.kind, ownSanction.reason]).toEqual(["timeOut", "too loud"]);
});

test("acts of moderators are in the log of moderators alone", async () => {
	const log = await ada.session.roomsApi?.moderationLog();
	expect([log?.map(({ person }) => person), await grace.session.roomsApi?.moderationLog()]).toEqual([
		[grace.me, grace.me],
		[],
	]);
});

test("a removed message leaves a stub, and disappears from a terminal", async () => {
	await grace.say("something rude");
	const message = await ada.sees("something rude");
	await does(ada, { type: "removePost", room: LOBBY, seq: message.post?.seq ?? -1 });
	await until("the stub is there", () =>
		grace.messages.some(({ post, text }) => post?.gone === "removed" && text === ""),
	);
	const terminal = await TerminalClient.connect(server.url, DATABASE);
	const texts = terminal.messages();
	terminal.leave();
	expect(texts).not.toContain("something rude");
});

test("a person without permission sees the module's reason", async () => {
	await expect(
		does(grace, { type: "setRole", person: grace.me, role: "owner" }),
	).rejects.toThrow(/owner/i);
});

test("status, availability and last seen are visible to others", async () => {
	await does(grace, { type: "setStatus", text: "on the train", emoji: "🚆" });
	await does(grace, { type: "setAvailability", availability: "busy" });
	const person = await until("Ada sees both", () => {
		const known = ada.session.people.get(grace.me);
		return known?.status !== undefined && known.availability === "busy" ? known : undefined;
	});
	expect(person.status).toEqual({ text: "on the train", emoji: "🚆" });
});

test("a muted room stays muted, and no other room is", async () => {
	const room = await sharedRoom(false);
	grace.session.rooms.mute(room, true);
	expect(
		grace.session.rooms.all.filter(({ isMuted }) => isMuted).map(({ id }) => id),
	).toEqual([room]);
});
