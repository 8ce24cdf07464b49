import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callReducer } from "../../scripts/lib/databases.mjs";
import type { Caller } from "../support/callers";
import { ChatWorld } from "../support/callers";

let world: ChatWorld;
beforeAll(async () => {
	world = await ChatWorld.open("private");
});
afterAll(async () => {
	await world.close();
});

async function texts(person: Caller, room: number): Promise<unknown[]> {
	const rows = await person.rows(`SELECT seq, text FROM private_post WHERE room = ${room}`);
	return rows.sort(([a], [b]) => Number(a) - Number(b)).map(([, text]) => text);
}

/** Returns a person's row of a room: the members in hex, and the host. */
async function seen(person: Caller, room: number): Promise<unknown[]> {
	const rows = await person.rows(`SELECT members, host FROM private_room WHERE room = ${room}`);
	return rows.map(([members, host]) => [
		(members as [string][]).map(([hex]) => hex.replace(/^0x/, "").padStart(64, "0")),
		host,
	]);
}

describe("a private room", () => {
	test("is visible to its members alone, listed in the order of joining", async () => {
		const [ann, bob, eve] = await world.people(3);
		const room = await world.roomOf(ann!, bob!);
		const all = [[[ann!.identity, bob!.identity], ann!.identity]];
		expect([await seen(ann!, room), await seen(bob!, room), await seen(eve!, room)]).toEqual([
			all,
			all,
			[],
		]);
	});

	test("gets the same answers as a missing room for others", async () => {
		const [ann, eve] = await world.people(2);
		const room = await world.room(ann!, true);
		expect(
			await Promise.all([
				eve!.call("post_message", room, "a", "text"),
				eve!.call("join_room", room),
				eve!.call("mark_read", room, 0),
				eve!.call("invite", room, eve!.id),
				eve!.call("leave_room", room),
			]),
		).toEqual(Array.from({ length: 5 }, () => "room: There is no such room"));
	});

	test("shows a new member the posts from joining on", async () => {
		const [ann, bob] = await world.people(2);
		const room = await world.room(ann!, true);
		await world.say(ann!, room, "one");
		await ann!.do("invite", room, bob!.id);
		const seq = await world.say(ann!, room, "two");
		await world.say(bob!, room, "three");
		const joined = await bob!.rows("SELECT joined_seq FROM private_room");
		expect([await texts(ann!, room), await texts(bob!, room), joined]).toEqual([
			["one", "two", "three"],
			["two", "three"],
			[[seq]],
		]);
	});

	test("lets no member change posts from before joining", async () => {
		const [ann, bob] = await world.people(2);
		const room = await world.room(ann!, true);
		const seq = await world.say(ann!, room, "one");
		await ann!.do("invite", room, bob!.id);
		expect(
			await Promise.all([
				bob!.call("post_reply", room, "a", "text", seq),
				bob!.call("react", room, seq, "👍", true),
				bob!.call("delete_post", room, seq),
				bob!.call("edit_post", room, seq, "text"),
			]),
		).toEqual(Array.from({ length: 4 }, () => "post: There is no such message"));
	});

	test("has each member once, for any number of invitations", async () => {
		const [ann, bob, cat] = await world.people(3);
		const room = await world.roomOf(ann!, bob!);
		const answers = await Promise.all(
			[ann!, bob!, ann!].map((person) => person.code("invite", room, cat!.id)),
		);
		expect([answers, (await cat!.rows("SELECT id FROM private_room")).length]).toEqual([
			["ok", "ok", "ok"],
			1,
		]);
	});

	test("accepts no unknown identity", async () => {
		const ann = await world.person();
		const room = await world.room(ann, true);
		expect(await ann.call("invite", room, ["0x1234"])).toBe("person: There is no such person");
	});

	test("has 64 members at most", { timeout: 60_000 }, async () => {
		const people = await world.people(65);
		const [ann, ...others] = people;
		const room = await world.room(ann!, true);
		const answers = [];
		for (const other of others) {
			answers.push(await ann!.code("invite", room, other.id));
		}
		await world.say(ann!, room, "to all");
		const [last, before] = [people.at(-1)!, people.at(-2)!];
		expect([
			answers.filter((answer) => answer === "ok").length,
			answers.at(-1),
			await texts(before, room),
			await texts(last, room),
		]).toEqual([63, "limits", ["to all"], []]);
	});

	test("loses a member with all of that member's rows", async () => {
		const [ann, bob] = await world.people(2);
		const room = await world.roomOf(ann!, bob!);
		const seq = await world.say(ann!, room, "hello");
		await ann!.do("edit_post", room, seq, "hello again");
		await ann!.do("react", room, seq, "👍", true);
		await bob!.do("leave_room", room);
		const left = await Promise.all(
			[
				...["private_room", "private_post", "private_post_version", "private_reaction"],
				...["private_activity", "private_typing", "mention"],
			].map((table) => bob!.rows(`SELECT * FROM ${table}`)),
		);
		const marks = await bob!.rows(`SELECT id FROM read_mark WHERE room = ${room}`);
		expect([left.flat(), marks, await texts(ann!, room), await seen(ann!, room)]).toEqual([
			[],
			[],
			["hello again"],
			[[[ann!.identity], ann!.identity]],
		]);
	});

	test("whose host leaves gets the longest member as host", async () => {
		const [ann, bob, cat] = await world.people(3);
		const room = await world.roomOf(ann!, bob!, cat!);
		await ann!.do("leave_room", room);
		const answers = [
			await cat!.code("remove_member", room, bob!.id),
			await bob!.code("remove_member", room, cat!.id),
		];
		expect([answers, await seen(bob!, room)]).toEqual([
			["rights", "ok"],
			[[[bob!.identity], bob!.identity]],
		]);
	});

	test("is deleted with its last member", async () => {
		const ann = await world.person();
		const room = await world.room(ann, true);
		await world.say(ann, room, "to myself");
		await ann.do("leave_room", room);
		const posts = await world.publisher.rows(`SELECT id FROM private_post WHERE room = ${room}`);
		expect([await ann.call("post_message", room, "x", "text"), posts]).toEqual([
			"room: There is no such room",
			[],
		]);
	});

	test("removes a member twice as once, and the caller too", async () => {
		const [ann, bob] = await world.people(2);
		const room = await world.roomOf(ann!, bob!);
		expect([
			await ann!.code("remove_member", room, bob!.id),
			await ann!.code("remove_member", room, bob!.id),
			await ann!.code("remove_member", room, ann!.id),
			await ann!.code("remove_member", room, ann!.id),
		]).toEqual(["ok", "ok", "ok", "room"]);
	});

	test("deletes the long history of a former member, and of no other", async () => {
		const [ann, bob] = await world.people(2);
		const room = await world.roomOf(ann!, bob!);
		const send = async (index: number) =>
			callReducer(world.server.url, world.database, ann!.token, "post_message", [
				room,
				`long-${index}`,
				"line",
			]);
		for (let block = 0; block < 25; block++) {
			await Promise.all(Array.from({ length: 100 }, (_, index) => send(block * 100 + index)));
		}
		const before = (await texts(bob!, room)).length;
		await bob!.do("leave_room", room);
		const atOnce = (await texts(bob!, room)).length;
		await ann!.do("invite", room, bob!.id);
		await world.say(ann!, room, "after");
		await bob!.sees("SELECT text FROM private_post", [["after"]]);
		expect([before, atOnce <= 2_250, (await texts(ann!, room)).length]).toEqual([
			2_500,
			true,
			2_501,
		]);
	});
});

describe("a direct message", () => {
	test("is one room, for any opener and number of openings", async () => {
		const [ann, bob] = await world.people(2);
		await Promise.all([
			ann!.do("open_direct", bob!.id),
			bob!.do("open_direct", ann!.id),
			ann!.do("open_direct", bob!.id),
		]);
		const rows = await Promise.all(
			[ann!, bob!].map((person) => person.rows("SELECT room, kind, name FROM private_room")),
		);
		expect([rows[0]?.length, rows[0]?.[0]?.slice(1), rows[1]]).toEqual([1, [2, ""], rows[0]]);
	});

	test("needs two people in the database", async () => {
		const ann = await world.person();
		expect([
			await ann.code("open_direct", ann.id),
			await ann.code("open_direct", ["0x77"]),
		]).toEqual(["person", "person"]);
	});

	test("has no name, no topic, no end and no other members", async () => {
		const [ann, bob, cat] = await world.people(3);
		const room = await world.direct(ann!, bob!);
		expect(
			await Promise.all([
				ann!.code("rename_room", room, "x"),
				ann!.code("set_topic", room, "x"),
				ann!.code("archive_room", room, true),
				ann!.code("invite", room, cat!.id),
				ann!.code("remove_member", room, bob!.id),
				bob!.code("leave_room", room),
			]),
		).toEqual(Array.from({ length: 6 }, () => "room"));
	});

	test("stores one post for each client id", async () => {
		const [ann, bob] = await world.people(2);
		const room = await world.direct(ann!, bob!);
		const answers = await Promise.all([
			ann!.code("post_message", room, "one", "hello"),
			ann!.code("post_message", room, "one", "hello"),
		]);
		answers.push(await ann!.code("post_reply", room, "one", "hello", 77));
		expect([answers, await texts(bob!, room)]).toEqual([["ok", "ok", "ok"], ["hello"]]);
	});
});
