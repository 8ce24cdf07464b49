import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Caller } from "../support/callers";
import { ChatWorld, LOBBY } from "../support/callers";
import { TerminalClient } from "../support/terminalClient";
import { until } from "../support/until";

let world: ChatWorld;
beforeAll(async () => {
	world = await ChatWorld.open("posts");
});
afterAll(async () => {
	await world.close();
});

type Kind = "public" | "private" | "direct";
const KINDS: readonly Kind[] = ["public", "private", "direct"];

/** Makes two people in a new room of this kind. */
async function place(
	kind: Kind,
): Promise<{ ann: Caller; bob: Caller; room: number; prefix: string }> {
	const [ann, bob] = [await world.person(), await world.person()];
	const room =
		kind === "public"
			? await world.room(ann, false)
			: kind === "private"
				? await world.roomOf(ann, bob)
				: await world.direct(ann, bob);
	return { ann, bob, room, prefix: kind === "public" ? "" : "private_" };
}

/** The form in which `rows` returns an enum's number and its empty product. */
const STATE: readonly (readonly [string, unknown])[] = [
	["normal", []],
	["deleted", undefined],
	["removed", [2, []]],
];

async function post(reader: Caller, prefix: string, room: number, seq: number) {
	const rows = await reader.rows(
		`SELECT text, state, edited FROM ${prefix}post WHERE room = ${room} AND seq = ${seq}`,
	);
	const [text, state, edited] = rows[0] ?? [];
	const name = STATE.find(([, shape]) => JSON.stringify(shape) === JSON.stringify(state))?.[0];
	return { text, state: name, isEdited: edited !== undefined };
}

describe.each(KINDS)("in a %s room", (kind) => {
	test("an edit is visible to all, with the earlier texts", async () => {
		const { ann, bob, room, prefix } = await place(kind);
		const seq = await world.say(ann, room, "one");
		await ann.do("edit_post", room, seq, "two");
		await ann.do("edit_post", room, seq, "two  ");
		await ann.do("edit_post", room, seq, "three");
		const versions = await bob.rows(
			`SELECT id, text FROM ${prefix}post_version WHERE room = ${room} AND seq = ${seq}`,
		);
		expect([
			await post(bob, prefix, room, seq),
			versions.sort(([a], [b]) => Number(a) - Number(b)).map(([, text]) => text),
		]).toEqual([{ text: "three", state: "normal", isEdited: true }, ["one", "two"]]);
	});

	test("no person edits or deletes the post of another", async () => {
		const { ann, bob, room } = await place(kind);
		const seq = await world.say(ann, room, "mine");
		expect([
			await bob.call("edit_post", room, seq, "yours"),
			await bob.call("delete_post", room, seq),
		]).toEqual([
			"rights: Only the author of a message may edit or delete it",
			"rights: Only the author of a message may edit or delete it",
		]);
	});

	test("a deleted post leaves a stub without its text", async () => {
		const { ann, bob, room, prefix } = await place(kind);
		const seq = await world.say(ann, room, "regret");
		await ann.do("edit_post", room, seq, "regret it");
		await bob.do("react", room, seq, "👍", true);
		const answers = [
			await ann.code("delete_post", room, seq),
			await ann.code("delete_post", room, seq),
		];
		const rest = await Promise.all([
			bob.rows(`SELECT id FROM ${prefix}post_version WHERE room = ${room}`),
			bob.rows(`SELECT id FROM ${prefix}reaction WHERE room = ${room}`),
		]);
		expect([answers, await post(bob, prefix, room, seq), rest.flat()]).toEqual([
			["ok", "ok"],
			{ text: "", state: "deleted", isEdited: true },
			[],
		]);
	});

	test("a deleted post can be answered, but not edited or reacted to", async () => {
		const { ann, bob, room } = await place(kind);
		const seq = await world.say(ann, room, "gone");
		await ann.do("delete_post", room, seq);
		expect([
			await ann.call("edit_post", room, seq, "back"),
			await bob.call("react", room, seq, "👍", true),
			await bob.call("post_reply", room, world.clientId(), "what was it?", seq),
		]).toEqual(["post: This message was deleted", "post: This message was deleted", "ok"]);
	});

	test("an answer names the answered post", async () => {
		const { ann, bob, room, prefix } = await place(kind);
		const seq = await world.say(ann, room, "question");
		await bob.do("post_reply", room, world.clientId(), "answer", seq);
		const rows = await ann.rows(`SELECT text, reply_to FROM ${prefix}post WHERE room = ${room}`);
		expect([
			rows.filter(([, replyTo]) => replyTo !== undefined),
			await bob.call("post_reply", room, world.clientId(), "answer", 99),
		]).toEqual([[["answer", seq]], "post: There is no such message"]);
	});

	test("a reaction counts once for each person, and can be removed", async () => {
		const { ann, bob, room, prefix } = await place(kind);
		const seq = await world.say(ann, room, "nice");
		await Promise.all([
			...[ann, bob, bob].map((person) => person.do("react", room, seq, "👍", true)),
			bob.do("react", room, seq, "🎉", true),
		]);
		const query = `SELECT who, emoji FROM ${prefix}reaction WHERE room = ${room}`;
		const before = (await ann.rows(query)).map(([who, emoji]) => `${String(who)} ${String(emoji)}`);
		await bob.do("react", room, seq, "👍", false);
		await bob.do("react", room, seq, "👍", false);
		expect([before.sort(), (await bob.rows(query)).length]).toEqual([
			[`${ann.identity} 👍`, `${bob.identity} 👍`, `${bob.identity} 🎉`].sort(),
			2,
		]);
	});

	test("a post has at most twenty different reactions", async () => {
		const { ann, bob, room } = await place(kind);
		const seq = await world.say(ann, room, "nice");
		const emoji = Array.from({ length: 21 }, (_, index) => String.fromCodePoint(0x1f600 + index));
		const answers = [];
		for (const one of emoji) {
			answers.push(await ann.code("react", room, seq, one, true));
		}
		const known = await bob.code("react", room, seq, emoji[0], true);
		await ann.do("react", room, seq, emoji[1], false);
		expect([
			answers.filter((answer) => answer === "ok").length,
			answers.at(-1),
			known,
			await bob.code("react", room, seq, emoji[20], true),
		]).toEqual([20, "limits", "ok", "ok"]);
	});
});

test.each(["", " ", "a", "1", "a👍", "\u0007", "\u200b", "👍👍👍👍👍👍👍👍👍"])(
	"%j is no emoji",
	async (emoji) => {
		const ann = await world.person();
		const room = await world.room(ann, false);
		const seq = await world.say(ann, room, "text");
		expect(await ann.code("react", room, seq, emoji, true)).toBe("emoji");
	},
);

test.each(["👍", "❤️", "👩‍👩‍👧‍👦", "🏴‍☠️", "🇫🇷", "☕", "✅"])("%s is an emoji", async (emoji) => {
	const ann = await world.person();
	const room = await world.room(ann, false);
	const seq = await world.say(ann, room, "text");
	expect(await ann.code("react", room, seq, emoji, true)).toBe("ok");
});

test.each([
	["", "text"],
	["x".repeat(8_001), "text"],
	["\u0007", "text"],
])("an edit to %#: a bad text is refused", async (text, code) => {
	const ann = await world.person();
	const seq = await world.say(ann, LOBBY, "good");
	expect(await ann.code("edit_post", LOBBY, seq, text)).toBe(code);
});

test("a post can be edited fifty times", async () => {
	const ann = await world.person();
	const seq = await world.say(ann, LOBBY, "0");
	const answers = [];
	for (let count = 1; count <= 51; count++) {
		answers.push(await ann.code("edit_post", LOBBY, seq, String(count)));
	}
	expect([answers.filter((answer) => answer === "ok").length, answers.at(-1)]).toEqual([
		50,
		"limits",
	]);
});

describe("quickstart clients", () => {
	test("keep edited messages, and lose deleted or removed ones", async () => {
		const [ann, moderator] = [await world.person(), await world.moderator()];
		const terminal = await TerminalClient.connect(world.server.url, world.database);
		const edited = await world.say(ann, LOBBY, "edited once");
		const deleted = await world.say(ann, LOBBY, "to be deleted");
		const removed = await world.say(ann, LOBBY, "to be removed");
		await ann.do("edit_post", LOBBY, edited, "edited twice");
		await ann.do("edit_post", LOBBY, removed, "worse");
		await until("all are there", () => terminal.messages().includes("to be removed"));
		await ann.do("delete_post", LOBBY, deleted);
		await moderator.do("remove_post", LOBBY, removed);
		await until("they are gone", () => !terminal.messages().includes("to be removed"));
		const left = terminal.messages();
		await ann.do("delete_post", LOBBY, edited);
		await until("gone too", () => !terminal.messages().includes("edited once"));
		terminal.leave();
		expect(left.filter((text) => /edited|deleted|removed|worse/.test(text))).toEqual([
			"edited once",
		]);
	});
});

test("a number with too many digits names no post of another room", async () => {
	const [ann, moderator] = [await world.person(), await world.moderator()];
	const room = await world.room(ann, false);
	const seq = await world.say(ann, room, "here");
	// The room's id is above the forty bits of the number in a post's id.
	const alias = (room - LOBBY) * 2 ** 40 + seq;
	expect([
		await moderator.code("remove_post", LOBBY, alias),
		await ann.code("delete_post", LOBBY, alias),
		await ann.rows(`SELECT text FROM post WHERE room = ${room}`),
	]).toEqual(["post", "post", [["here"]]]);
});

test("a deleted post leaves the search index", async () => {
	const [ann, moderator] = [await world.person(), await world.moderator()];
	const words = async () => JSON.stringify(await world.publisher.rows("SELECT * FROM search_word"));
	const seqs = [];
	for (const word of ["quagga", "okapi", "kudu"]) {
		seqs.push(await world.say(ann, LOBBY, `a ${word}`));
	}
	await until("all are indexed", async () => {
		const found = await words();
		return ["quagga", "okapi", "kudu"].every((word) => found.includes(word));
	});
	await ann.do("delete_post", LOBBY, seqs[0]);
	await ann.do("edit_post", LOBBY, seqs[2], "an eland");
	await moderator.do("remove_post", LOBBY, seqs[1]);
	await ann.sees(`SELECT text FROM post WHERE room = ${LOBBY} AND seq = ${seqs[1]}`, [[""]]);
	const found = await words();
	expect(["quagga", "okapi", "kudu", "eland"].map((word) => found.includes(word))).toEqual([
		false,
		false,
		false,
		true,
	]);
});

test("the client id of a deleted post gets an ack, and makes no post", async () => {
	const ann = await world.person();
	await ann.do("post_message", LOBBY, "kept-key", "gone soon");
	const rows = await ann.rows(`SELECT seq FROM post WHERE sender = ${ann.sql}`);
	await ann.do("delete_post", LOBBY, Number(rows[0]?.[0]));
	await ann.do("post_message", LOBBY, "kept-key", "gone soon");
	expect((await ann.rows(`SELECT seq FROM post WHERE sender = ${ann.sql}`)).length).toBe(1);
});
