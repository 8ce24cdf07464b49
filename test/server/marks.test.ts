import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Caller } from "../support/callers";
import { ACTIVITY_MS, ChatWorld, LOBBY, isPrivate } from "../support/callers";
import { FullWatcher } from "../support/fullWatcher";
import { until } from "../support/until";

let world: ChatWorld;
beforeAll(async () => {
	world = await ChatWorld.open("marks");
});
afterAll(async () => {
	await world.close();
});

async function mark(person: Caller, room: number): Promise<unknown> {
	return (await person.rows(`SELECT unread_from FROM read_mark WHERE room = ${room}`))[0]?.[0];
}

/** Returns the unread count, as a list of rooms shows it. */
async function unread(person: Caller, room: number): Promise<number> {
	const table = isPrivate(room) ? "private_activity" : "room_activity";
	const [row] = await person.rows(`SELECT next_seq FROM ${table} WHERE room = ${room}`);
	return Number(row?.[0]) - Number(await mark(person, room));
}

async function mentions(person: Caller): Promise<unknown[][]> {
	const rows = await person.rows("SELECT room, seq, excerpt FROM mention");
	return rows.sort((a, b) => Number(a[1]) - Number(b[1]));
}

describe("a read mark", () => {
	test("moves with own posts and with reading, and never back", async () => {
		const [ann, bob] = await world.people(2);
		const room = await world.room(ann!, false);
		await bob!.do("join_room", room);
		await world.say(ann!, room, "one");
		await world.say(ann!, room, "two");
		const marks = [await mark(ann!, room), await mark(bob!, room)];
		await bob!.do("mark_read", room, 1);
		await bob!.do("mark_read", room, 0);
		marks.push(await mark(bob!, room));
		await bob!.do("mark_read", room, 1_000_000);
		marks.push(await mark(bob!, room));
		await world.say(bob!, room, "three");
		marks.push(await mark(bob!, room));
		expect(marks).toEqual([2, 0, 2, 2, 3]);
	});

	test("is visible to its owner alone", async () => {
		const [ann, bob] = await world.people(2);
		await ann!.do("mark_read", LOBBY, 0);
		expect((await bob!.rows(`SELECT id FROM read_mark WHERE owner = ${ann!.sql}`)).length).toBe(0);
	});

	test("starts at the newest post of a joined room", async () => {
		const [ann, bob] = await world.people(2);
		const room = await world.room(ann!, false);
		await world.say(ann!, room, "before");
		await bob!.do("join_room", room);
		const cat = await world.person();
		const lobby = await cat.rows("SELECT next_seq FROM room_activity WHERE room = 1");
		await until("it is written", async () => (await unread(bob!, room)) === 0, 3_000);
		expect([await mark(bob!, room), (await mark(cat, LOBBY)) !== undefined, lobby.length]).toEqual([
			1,
			true,
			1,
		]);
	});

	test.each(["public", "private"])("leaves later posts unread (%s)", async (kind) => {
		const [ann, bob] = await world.people(2);
		const room =
			kind === "private" ? await world.roomOf(ann!, bob!) : await world.room(ann!, false);
		await bob!.do("join_room", room);
		for (const text of ["one", "two", "three"]) {
			await world.say(ann!, room, text);
		}
		await until("three are unread", async () => (await unread(bob!, room)) === 3);
		await bob!.do("mark_read", room, 1);
		expect([await unread(bob!, room), await unread(ann!, room)]).toEqual([1, 0]);
	});
});

describe("a room's last activity", () => {
	test("is written once a second at most", async () => {
		const [ann, bob] = await world.people(2);
		const room = await world.room(ann!, false);
		const watcher = await FullWatcher.connect(world.server, world.database, bob!.token, [
			`SELECT * FROM room_activity WHERE room = ${room}`,
		]);
		watcher.clear();
		const begin = Date.now();
		while (Date.now() - begin < 2_500) {
			await world.say(ann!, room, `line at ${Date.now() - begin}`);
		}
		await new Promise((wake) => setTimeout(wake, ACTIVITY_MS));
		const updates = watcher.rowsOf("room_activity") / 2;
		watcher.leave();
		expect([updates >= 2 && updates <= 4, await unread(ann!, room)]).toEqual([true, 0]);
	});

	test.each(["public", "private"])("changes and is deleted with its post (%s)", async (kind) => {
		const [ann, bob] = await world.people(2);
		const room =
			kind === "private" ? await world.roomOf(ann!, bob!) : await world.room(ann!, false);
		const table = kind === "private" ? "private_activity" : "room_activity";
		const query = `SELECT excerpt FROM ${table} WHERE room = ${room}`;
		const seq = await world.say(ann!, room, `first\n line ${"x".repeat(200)}`);
		await bob!.sees(query, [[`first line ${"x".repeat(108)}…`]]);
		await ann!.do("edit_post", room, seq, "another");
		const edited = await bob!.rows(query);
		await ann!.do("delete_post", room, seq);
		expect([edited, await bob!.rows(query)]).toEqual([[["another"]], [[""]]]);
	});

	test("of a post that is deleted at once is never written", async () => {
		const ann = await world.person();
		const room = await world.room(ann, false);
		const seq = await world.say(ann, room, "oops");
		await ann.do("delete_post", room, seq);
		await ann.sees(`SELECT next_seq, excerpt FROM room_activity WHERE room = ${room}`, [[1, ""]]);
	});
});

describe("a mention", () => {
	test.each([
		["hello @Ada Lovelace!", ["Ada Lovelace"]],
		["hello @ada", ["Ada"]],
		["(@ADA's idea)", ["Ada"]],
		["@Ada and @Bob Martin", ["Ada", "Bob Martin"]],
		["@Adamant", []],
		["mail@ada", []],
		["@ Ada", []],
		["@\nAda", []],
		["@Ada Love", ["Ada"]],
		["@ada @Ada Lovelace", ["Ada", "Ada Lovelace"]],
	])("in %j", async (text, told) => {
		const names = ["Ada", "Ada Lovelace", "Bob Martin"];
		const database = `mention-${world.clientId()}`;
		const town = await ChatWorld.open(database, world.server);
		const people = [];
		for (const name of names) {
			people.push(await town.person(name));
		}
		await town.say(await town.person("Eve"), LOBBY, text);
		const found = [];
		for (const [index, person] of people.entries()) {
			if ((await mentions(person)).length > 0) {
				found.push(names[index]);
			}
		}
		expect(found).toEqual(told);
	});

	test("uses the new name of a person, not the old one", async () => {
		const [ann, bob] = [await world.person(), await world.person("Before")];
		await bob.do("set_name", "Afterwards");
		await world.say(ann, LOBBY, "@Before");
		const seq = await world.say(ann, LOBBY, "@afterwards");
		expect(await mentions(bob)).toEqual([[LOBBY, seq, "@afterwards"]]);
	});

	test("covers an answer too, and is deleted by reading", async () => {
		const [ann, bob] = await world.people(2);
		const room = await world.roomOf(ann!, bob!);
		const seq = await world.say(ann!, room, "question");
		await bob!.do("post_reply", room, world.clientId(), "answer", seq);
		const before = await mentions(ann!);
		await ann!.do("mark_read", room, seq);
		const between = await mentions(ann!);
		await ann!.do("mark_read", room, seq + 1);
		expect([before, between, await mentions(ann!)]).toEqual([
			[[room, seq + 1, "answer"]],
			[[room, seq + 1, "answer"]],
			[],
		]);
	});

	test("reaches the first sixteen people with a name", { timeout: 60_000 }, async () => {
		const people: Caller[] = [];
		while (people.length < 18) {
			people.push(await world.person("Twin"));
		}
		await people[3]!.do("set_name", "Single");
		await people[17]!.do("set_name", "twin");
		await world.say(await world.person(), LOBBY, "@twin");
		const told = await Promise.all(people.map(async (person) => (await mentions(person)).length));
		expect([told.reduce((sum, count) => sum + count), told[3], told[17]]).toEqual([15, 0, 0]);
	});

	test("reaches neither its sender nor a person outside the private room", async () => {
		const [ann, bob] = [await world.person("Narcissa"), await world.person("Outsider")];
		const room = await world.room(ann, true);
		await world.say(ann, room, "@Narcissa @Outsider");
		expect([await mentions(ann), await mentions(bob)]).toEqual([[], []]);
	});

	test("follows an edit, reaches no person twice, and is deleted with its post", async () => {
		const [ann, bob, cat] = [
			await world.person(),
			await world.person("Zoe"),
			await world.person("Yan"),
		];
		const seq = await world.say(ann, LOBBY, "@Zoe");
		await ann.do("edit_post", LOBBY, seq, "@Zoe and @Yan");
		const edited = [await mentions(bob), await mentions(cat)];
		await bob.do("mark_read", LOBBY, seq);
		await ann.do("edit_post", LOBBY, seq, "@Zoe");
		const later = [await mentions(bob), await mentions(cat)];
		await ann.do("edit_post", LOBBY, seq, "@Yan");
		await ann.do("delete_post", LOBBY, seq);
		const rows = [[LOBBY, seq, "@Zoe and @Yan"]];
		expect([edited, later, await mentions(cat)]).toEqual([[rows, rows], [[], []], []]);
	});
});
