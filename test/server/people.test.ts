import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Caller } from "../support/callers";
import { ChatWorld } from "../support/callers";
import { TerminalClient } from "../support/terminalClient";

let world: ChatWorld;
beforeAll(async () => {
	world = await ChatWorld.open("people");
});
afterAll(async () => {
	await world.close();
});

const NEVER = { none: [] };

/** Returns a time from now, as an argument of a reducer. */
function inMs(ms: number) {
	return { some: [(Date.now() + ms) * 1_000] };
}

async function profile(of: Caller): Promise<unknown[] | undefined> {
	const rows = await of.rows(
		`SELECT status_text, emoji, until, availability FROM profile WHERE identity = ${of.sql}`,
	);
	return rows[0];
}

describe("a status", () => {
	test("is visible to all until it is cleared", async () => {
		const ann = await world.person();
		await ann.do("set_status", "  In a meeting ", "📅", NEVER);
		const before = await profile(ann);
		await ann.do("set_status", "", "", inMs(60_000));
		expect([before, await profile(ann)]).toEqual([
			["In a meeting", "📅", undefined, 0],
			["", "", undefined, 0],
		]);
	});

	test("ends by itself, and leaves a newer status", async () => {
		const [ann, bob] = await world.people(2);
		await ann!.do("set_status", "for a moment", "", inMs(1_000));
		await bob!.do("set_status", "for a moment", "", inMs(1_000));
		await bob!.do("set_status", "for long", "", inMs(60_000));
		const before = (await profile(ann!))?.[0];
		await ann!.sees(
			`SELECT status_text, until FROM profile WHERE identity = ${ann!.sql}`,
			[["", undefined]],
			5_000,
		);
		expect([before, (await profile(bob!))?.[0]]).toEqual(["for a moment", "for long"]);
	});

	test.each([
		["that is too long", "x".repeat(101), "", NEVER, "text"],
		["of two lines", "a\nb", "", NEVER, "text"],
		["with a word for an emoji", "", "smile", NEVER, "emoji"],
		["that has ended", "x", "", inMs(-1_000), "until"],
		["that ends in two years", "x", "", inMs(2 * 366 * 24 * 3_600_000), "until"],
	])("%s is refused", async (_what, text, emoji, until, code) => {
		expect(await (await world.person()).code("set_status", text, emoji, until)).toBe(code);
	});
});

test("availability is available, away or busy, and nothing else", async () => {
	const ann = await world.person();
	const answers = [];
	for (const availability of [1, 2, 2, 3]) {
		answers.push(await ann.code("set_availability", availability));
	}
	expect([answers, (await profile(ann))?.[3]]).toEqual([["ok", "ok", "ok", "availability"], 2]);
});

test(
	"last seen is the end of the last connection, not the last post",
	{ timeout: 60_000 },
	async () => {
		const terminal = await TerminalClient.connect(world.server.url, world.database);
		const query = `SELECT last_seen FROM profile WHERE identity = 0x${terminal.identity}`;
		terminal.say("hello");
		await new Promise((wake) => setTimeout(wake, 1_500)); // longer than a call
		const during = await world.publisher.rows(query);
		const leftMicros = Date.now() * 1_000;
		terminal.leave();
		await new Promise((wake) => setTimeout(wake, 17_500)); // the grace period
		const [row] = await world.publisher.rows(query);
		expect([during, Math.abs(Number(row?.[0]) - leftMicros) < 1_500_000]).toEqual([[], true]);
	},
);

describe("typing", () => {
	test("is visible in the room, is throttled, and ends by itself", async () => {
		const [ann, bob] = await world.people(2);
		const room = await world.room(ann!, false);
		const query = `SELECT at FROM typing WHERE room = ${room}`;
		await ann!.do("start_typing", room);
		const first = await bob!.rows(query);
		await ann!.do("start_typing", room);
		const throttled = await bob!.rows(query);
		await new Promise((wake) => setTimeout(wake, 3_200));
		await ann!.do("start_typing", room);
		const second = await bob!.rows(query);
		await new Promise((wake) => setTimeout(wake, 4_000));
		const alive = (await bob!.rows(query)).length;
		await bob!.sees(query, [], 6_000);
		expect([
			first.length,
			throttled,
			Number(second[0]?.[0]) > Number(first[0]?.[0]),
			alive,
		]).toEqual([1, first, true, 1]);
	});

	test("ends with the post", async () => {
		const [ann, bob] = await world.people(2);
		const room = await world.roomOf(ann!, bob!);
		await ann!.do("start_typing", room);
		const before = await bob!.rows("SELECT identity FROM private_typing");
		await world.say(ann!, room, "text");
		expect([before, await bob!.rows("SELECT identity FROM private_typing")]).toEqual([
			[[ann!.identity]],
			[],
		]);
	});

	test("in a private room is visible to the other members alone", async () => {
		const [ann, bob, eve] = await world.people(3);
		const room = await world.roomOf(ann!, bob!);
		await ann!.do("start_typing", room);
		expect(
			await Promise.all(
				[ann!, bob!, eve!].map(async (person) => [
					(await person.rows("SELECT id FROM private_typing")).length,
					(await person.rows(`SELECT id FROM typing WHERE room = ${room}`)).length,
				]),
			),
		).toEqual([
			[0, 0],
			[1, 0],
			[0, 0],
		]);
	});
});
