import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ChatWorld, LOBBY } from "../support/callers";

let world: ChatWorld;
beforeAll(async () => {
	world = await ChatWorld.open("rooms");
});
afterAll(async () => {
	await world.close();
});

async function roomRow(room: number): Promise<unknown[] | undefined> {
	const rows = await world.publisher.rows(
		`SELECT name, topic, archived FROM room WHERE id = ${room}`,
	);
	return rows[0];
}

describe("create_room", () => {
	test("makes a room, and adds it to the maker's list", async () => {
		const ann = await world.person();
		await ann.do("create_room", "  Garden ", "What grows", false, "garden");
		const [row] = await ann.rows(
			"SELECT id, name, topic, created_by FROM room WHERE name = 'Garden'",
		);
		const room = Number(row?.[0]);
		expect([row?.slice(1), await ann.rows("SELECT room FROM membership")]).toEqual([
			["Garden", "What grows", ann.identity],
			[[room]],
		]);
	});

	test.each([false, true])(
		"with a known client id makes no second room (private: %s)",
		async (isPrivate) => {
			const ann = await world.person();
			const answers = [
				await ann.call("create_room", `Twice ${isPrivate}`, "", isPrivate, "same"),
				await ann.call("create_room", "another name", "", isPrivate, "same"),
			];
			const rooms = await ann.rows("SELECT id FROM room");
			const privateRooms = await ann.rows("SELECT id FROM private_room");
			const names = await ann.rows("SELECT id FROM room WHERE name = 'another name'");
			expect([answers, rooms.length > 0, names, privateRooms.length]).toEqual([
				["ok", "ok"],
				true,
				[],
				isPrivate ? 1 : 0,
			]);
		},
	);

	test("gives a name to one of two simultaneous callers", async () => {
		const people = await world.people(4);
		const answers = await Promise.all(
			people.map((person) => person.code("create_room", "Contested", "", false, "c")),
		);
		expect(answers.sort()).toEqual(["name", "name", "name", "ok"]);
	});

	test.each([
		["a name in other capitals", "LOBBY", "", "name"],
		["an empty name", "  ", "", "name"],
		["a name of two lines", "a\nb", "", "name"],
		["a name with an invisible character", "lob\u200bby", "", "name"],
		["a name that is too long", "x".repeat(65), "", "name"],
		["a topic that is too long", "fine name 1", "x".repeat(201), "text"],
		["a topic of two lines", "fine name 2", "a\nb", "text"],
	])("refuses %s", async (_what, name, topic, code) => {
		const ann = await world.person();
		expect(await ann.code("create_room", name, topic, false, "id")).toBe(code);
	});

	test("refuses a bad id", async () => {
		expect(await (await world.person()).code("create_room", "x", "", false, "")).toBe("id");
	});

	test("of a private room with a used name reveals nothing", async () => {
		const [ann, bob] = await world.people(2);
		const answers = [
			await ann!.call("create_room", "Secret plans", "", true, "1"),
			await bob!.call("create_room", "Secret plans", "", true, "1"),
			await bob!.call("create_room", "Secret plans", "", false, "2"),
		];
		expect(answers).toEqual(["ok", "ok", "ok"]);
	});

	test("counts against the rate limit", async () => {
		const database = "rooms-rate";
		const slow = await ChatWorld.open(database, world.server);
		await slow.publisher.do("set_limits", 8_000, 64, 2, 1, 1_000);
		const ann = await slow.person();
		const answers = [];
		for (const name of ["one", "two", "three", "four"]) {
			answers.push(await ann.code("create_room", name, "", false, name));
		}
		expect(answers).toEqual(["ok", "ok", "rate", "rate"]);
	});
});

describe("a room", () => {
	test("can be renamed, and its old name is free", async () => {
		const [ann, bob] = await world.people(2);
		const room = await world.room(ann!, false, "Before");
		await ann!.do("rename_room", room, "After");
		await ann!.do("rename_room", room, "AFTER");
		const answers = [
			await bob!.code("create_room", "after", "", false, "1"),
			await bob!.code("create_room", "before", "", false, "2"),
		];
		expect([await roomRow(room), answers]).toEqual([
			["AFTER", "", false],
			["name", "ok"],
		]);
	});

	test("gets neither a used name nor a bad one", async () => {
		const ann = await world.person();
		const room = await world.room(ann, false);
		expect([
			await ann.code("rename_room", room, "Lobby"),
			await ann.code("rename_room", room, ""),
		]).toEqual(["name", "name"]);
	});

	test("gets a topic, and loses it", async () => {
		const ann = await world.person();
		const room = await world.room(ann, false);
		await ann.do("set_topic", room, " Tea ");
		const before = (await roomRow(room))?.[1];
		await ann.do("set_topic", room, "");
		expect([before, (await roomRow(room))?.[1]]).toEqual(["Tea", ""]);
	});

	test.each([false, true])(
		"that is archived accepts no posts until it is reopened (private: %s)",
		async (isPrivate) => {
			const [ann, bob] = await world.people(2);
			const room = await world.room(ann!, isPrivate);
			const seq = await world.say(ann!, room, "before");
			await ann!.do("archive_room", room, true);
			const refused = [
				await ann!.code("post_message", room, "a", "text"),
				await ann!.code("post_reply", room, "b", "text", seq),
				await ann!.code("edit_post", room, seq, "text"),
				await ann!.code("react", room, seq, "👍", true),
				await ann!.code("start_typing", room),
				...(isPrivate ? [await ann!.code("invite", room, bob!.id)] : []),
			];
			const allowed = [
				await ann!.code("mark_read", room, seq),
				await ann!.code("delete_post", room, seq),
				await ann!.code("archive_room", room, false),
				await ann!.code("post_message", room, "c", "after"),
			];
			expect([new Set(refused), new Set(allowed)]).toEqual([new Set(["room"]), new Set(["ok"])]);
		},
	);

	test.each([
		["rename_room", ["x"]],
		["set_topic", ["x"]],
		["archive_room", [true]],
		["join_room", []],
		["leave_room", []],
		["mark_read", [0]],
		["start_typing", []],
		["react", [0, "👍", true]],
		["edit_post", [0, "x"]],
		["delete_post", [0]],
		["remove_post", [0]],
		["invite", [["0x1"]]],
		["remove_member", [["0x1"]]],
	])("that does not exist is refused by %s", async (reducer, args) => {
		const ann = await world.person();
		expect([
			await ann.call(reducer, 9_999, ...args),
			await ann.call(reducer, 2 ** 30 + 5, ...args),
		]).toEqual(["room: There is no such room", "room: There is no such room"]);
	});
});

describe("the list", () => {
	test("has a joined room once, however often it is joined, until it is left", async () => {
		const [ann, bob] = await world.people(2);
		const room = await world.room(ann!, false);
		await bob!.do("join_room", room);
		await Promise.all([bob!.do("join_room", room), bob!.do("join_room", room)]);
		const joined = await bob!.rows("SELECT room FROM membership");
		await bob!.do("leave_room", room);
		await bob!.do("leave_room", room);
		expect([joined, await bob!.rows("SELECT room FROM membership")]).toEqual([[[room]], []]);
	});

	test("is visible to its owner alone", async () => {
		const [ann, bob] = await world.people(2);
		await world.room(ann!, false);
		expect(await bob!.rows("SELECT * FROM membership")).toEqual([]);
	});

	test("adds a room at the first post", async () => {
		const [ann, bob] = await world.people(2);
		const room = await world.room(ann!, false);
		await world.say(bob!, room, "I am here");
		expect(await bob!.rows("SELECT room FROM membership")).toEqual([[room]]);
	});

	test("does not hold the lobby, which can't be left or archived", async () => {
		const [ann, moderator] = [await world.person(), await world.moderator()];
		await ann.do("join_room", LOBBY);
		expect([
			await ann.rows("SELECT room FROM membership"),
			await ann.call("leave_room", LOBBY),
			await moderator.call("archive_room", LOBBY, true),
		]).toEqual([[], "room: The lobby can't be left", "room: The lobby can't be archived"]);
	});

	test("does not restrict which public rooms a person reads", async () => {
		const [ann, bob] = await world.people(2);
		const room = await world.room(ann!, false);
		await world.say(ann!, room, "for all");
		expect(await bob!.rows(`SELECT text FROM post WHERE room = ${room}`)).toEqual([["for all"]]);
	});
});
