import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeOwner } from "../../scripts/lib/databases.mjs";
import type { Caller } from "../support/callers";
import { ChatWorld, LOBBY, RANK } from "../support/callers";
import { TerminalClient } from "../support/terminalClient";

let world: ChatWorld;
beforeAll(async () => {
	world = await ChatWorld.open("moderation");
});
afterAll(async () => {
	await world.close();
});

const TIME_OUT = 1;
const BAN = 2;

/** Every reducer that a client may call, with arguments of the right types. */
function everything(
	room: number,
	seq: number,
	other: Caller,
): readonly (readonly [string, ...unknown[]])[] {
	return [
		["set_name", "Innocent"],
		["send_message", "text"],
		["post_message", LOBBY, "an-id", "text"],
		["post_reply", LOBBY, "an-id", "text", 0],
		["edit_post", room, seq, "text"],
		["delete_post", room, seq],
		["remove_post", room, seq],
		["react", room, seq, "👍", true],
		["start_typing", room],
		["search", LOBBY, 1, "text", { none: [] }],
		["create_room", "x", "", false, "an-id"],
		["rename_room", room, "x"],
		["set_topic", room, "x"],
		["archive_room", room, true],
		["join_room", room],
		["invite", room, other.id],
		["remove_member", room, other.id],
		["open_direct", other.id],
		["set_status", "x", "", { none: [] }],
		["set_availability", 1],
		["set_role", other.id, RANK.owner],
		["time_out", other.id, 60, "x"],
		["ban", other.id, "x"],
		["lift", other.id, BAN, ""],
		["set_limits", 1, 1, 1, 1, 1],
	];
}

describe("a banned person", () => {
	test("gets a refusal with the reason for everything but leaving and reading", async () => {
		const [ann, other, moderator] = [
			await world.person(),
			await world.person(),
			await world.moderator(),
		];
		const room = await world.roomOf(ann, other);
		const seq = await world.say(ann, room, "mine");
		await moderator.do("ban", ann.id, "Spam");
		const answers = [];
		for (const [reducer, ...args] of everything(room, seq, other)) {
			answers.push([reducer, await ann.call(reducer, ...args)]);
		}
		const plain = new Set(["set_name", "send_message"]);
		const allowed = [await ann.call("mark_read", room, seq), await ann.call("leave_room", room)];
		expect([answers, allowed]).toEqual([
			answers.map(([reducer]) => [
				reducer,
				plain.has(String(reducer)) ? "You are banned: Spam" : "banned: You are banned: Spam",
			]),
			["ok", "ok"],
		]);
	});

	test("may connect and read, and sees the ban and its reason in a terminal", async () => {
		const [bob, moderator] = [await world.person(), await world.moderator()];
		await moderator.do("ban", bob.id, "Spam");
		const terminal = await TerminalClient.connect(world.server.url, world.database, bob.token);
		terminal.say("let me in");
		const line = await terminal.sees(/^failed message/);
		const people = terminal.people().length;
		terminal.leave();
		expect([line, people > 0]).toEqual(["failed message let me in: You are banned: Spam", true]);
	});

	test("gets an ack for a message sent before the ban", async () => {
		const [ann, moderator] = [await world.person(), await world.moderator()];
		await ann.do("post_message", LOBBY, "before-the-ban", "text");
		await moderator.do("ban", ann.id, "Spam");
		expect(await ann.call("post_message", LOBBY, "before-the-ban", "text")).toBe("ok");
	});

	test("may send again when the ban is lifted, however often", async () => {
		const [ann, moderator] = [await world.person(), await world.moderator()];
		await moderator.do("ban", ann.id, "Spam");
		await moderator.do("ban", ann.id, "Spam again");
		await ann.sees("SELECT kind, reason, by FROM sanction_detail", [
			[BAN, "Spam again", undefined],
		]);
		await moderator.do("lift", ann.id, BAN, "A mistake");
		await moderator.do("lift", ann.id, BAN, "A mistake");
		await ann.sees("SELECT kind FROM sanction_detail", []);
		const shown = await ann.rows(`SELECT kind FROM sanction WHERE identity = ${ann.sql}`);
		expect([await ann.call("send_message", "back"), shown]).toEqual(["ok", []]);
	});

	test("loses the role of a moderator, and the rows that moderators read", async () => {
		const rogue = await world.moderator();
		await world.publisher.do("ban", rogue.id, "Abuse");
		await rogue.sees(`SELECT rank FROM role WHERE identity = ${rogue.sql}`, []);
		await world.publisher.do("lift", rogue.id, BAN, "");
		expect([
			await rogue.rows("SELECT id FROM moderation_log"),
			await rogue.code("ban", rogue.id, "x"),
		]).toEqual([[], "rights"]);
	});
});

describe("a time-out", () => {
	test("has an end, is visible to all, and ends by itself", async () => {
		const [ann, bob, moderator] = [
			await world.person(),
			await world.person(),
			await world.moderator(),
		];
		await moderator.do("time_out", ann.id, 2, "Calm down");
		const told = await ann.call("send_message", "hello");
		const query = `SELECT kind FROM sanction WHERE identity = ${ann.sql}`;
		await bob.sees(query, [[TIME_OUT]], 1_500);
		const details = await bob.rows("SELECT id FROM sanction_detail");
		await bob.sees(query, [], 6_000);
		expect([told, details, await ann.call("send_message", "hello")]).toEqual([
			expect.stringMatching(
				/^You are timed out until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC: Calm down$/,
			),
			[],
			"ok",
		]);
	});

	test("replaces an earlier one", async () => {
		const [ann, moderator] = [await world.person(), await world.moderator()];
		await moderator.do("time_out", ann.id, 1, "Short");
		await moderator.do("time_out", ann.id, 600, "Long");
		await new Promise((wake) => setTimeout(wake, 1_800));
		await ann.sees("SELECT kind, reason FROM sanction_detail", [[TIME_OUT, "Long"]]);
		expect(await ann.code("post_message", LOBBY, "x", "x")).toBe("timeout");
	});

	test("exists beside a ban, whose reason comes first", async () => {
		const [ann, moderator] = [await world.person(), await world.moderator()];
		await moderator.do("ban", ann.id, "Spam");
		await moderator.do("time_out", ann.id, 600, "Calm down");
		const first = await ann.code("set_availability", 1);
		await moderator.do("lift", ann.id, BAN, "");
		expect([first, await ann.code("set_availability", 1)]).toEqual(["banned", "timeout"]);
	});

	test.each([
		["of no time", 0, "Reason", "limits"],
		["of too long a time", 31 * 24 * 3_600 + 1, "Reason", "limits"],
		["without a reason", 60, " ", "text"],
		["with a reason of two lines", 60, "a\nb", "text"],
		["with a reason that is too long", 60, "x".repeat(501), "text"],
	])("%s is refused", async (_what, seconds, reason, code) => {
		const [ann, moderator] = [await world.person(), await world.moderator()];
		expect(await moderator.code("time_out", ann.id, seconds, reason)).toBe(code);
	});

	test("of an unknown person, or the lifting of an unknown kind, is refused", async () => {
		const [ann, moderator] = [await world.person(), await world.moderator()];
		expect([
			await moderator.code("time_out", ["0x99"], 60, "x"),
			await moderator.code("lift", ann.id, 3, ""),
		]).toEqual(["person", "sanction"]);
	});
});

describe("roles", () => {
	test("keep an owner, even if two owners step back at once", async () => {
		const town = await ChatWorld.open("last-owner", world.server);
		const second = await town.ranked(RANK.owner);
		const answers = await Promise.all([
			town.publisher.code("set_role", town.publisher.id, RANK.member),
			second.code("set_role", second.id, RANK.member),
		]);
		const owners = await town.publisher.rows("SELECT identity FROM role WHERE rank = 2");
		expect([answers.sort(), owners.length]).toEqual([["ok", "role"], 1]);
	});

	test("are given to people in the database without a sanction", async () => {
		const [ann, moderator] = [await world.person(), await world.moderator()];
		await moderator.do("ban", ann.id, "Spam");
		expect([
			await world.publisher.code("set_role", ["0x98"], RANK.moderator),
			await world.publisher.code("set_role", ann.id, RANK.moderator),
			await world.publisher.code("set_role", moderator.id, 3),
			await world.publisher.code("set_role", moderator.id, RANK.moderator),
		]).toEqual(["person", "role", "role", "ok"]);
	});
});

describe("the moderation log", () => {
	test("lists each act with actor and target once, for moderators alone", async () => {
		const town = await ChatWorld.open("log", world.server);
		const [ann, moderator] = [await town.person(), await town.moderator()];
		const seq = await town.say(ann, LOBBY, "rude words");
		await moderator.do("remove_post", LOBBY, seq);
		await moderator.do("remove_post", LOBBY, seq);
		await moderator.do("time_out", ann.id, 60, "Calm down");
		await moderator.do("lift", ann.id, TIME_OUT, "Is calm");
		const late = await town.moderator();
		const [rows, copies] = await Promise.all(
			[moderator, late].map(async (viewer) =>
				(
					await viewer.rows(
						"SELECT entry, action, by, person, room, seq, detail FROM moderation_log",
					)
				)
					.sort(([a], [b]) => Number(a) - Number(b))
					.map(([, ...row]) => row),
			),
		);
		const nothing = await ann.rows("SELECT id FROM moderation_log");
		await town.publisher.do("set_role", moderator.id, RANK.member);
		const by = [moderator.identity, ann.identity];
		expect([
			copies,
			rows?.slice(1, 4),
			nothing,
			await moderator.rows("SELECT id FROM moderation_log"),
		]).toEqual([
			rows,
			[
				["remove_post", ...by, LOBBY, seq, ""],
				["time_out", ...by, undefined, undefined, "60 s: Calm down"],
				["lift", ...by, undefined, undefined, "1: Is calm"],
			],
			[],
			[],
		]);
	});

	test("lists no act in private rooms", async () => {
		const [ann, moderator] = [await world.person(), await world.moderator()];
		const room = await world.roomOf(ann, moderator);
		await moderator.do("remove_post", room, await world.say(ann, room, "rude"));
		const rooms = await moderator.rows("SELECT room FROM moderation_log");
		expect(rooms.filter(([found]) => found === room)).toEqual([]);
	});

	test("is copied when an owner connects whose role was inserted by SQL", async () => {
		const town = await ChatWorld.open("sql-owner", world.server);
		const [ann, second] = [await town.person(), await town.person()];
		await town.publisher.do("ban", ann.id, "Spam");
		await makeOwner(world.server.url, "sql-owner", {
			identity: second.identity,
			token: town.publisher.token,
		});
		await second.do("mark_read", LOBBY, 0);
		expect([
			await second.rows("SELECT action FROM moderation_log"),
			await second.rows("SELECT reason, by FROM sanction_detail"),
		]).toEqual([[["ban"]], [["Spam", town.publisher.identity]]]);
	});

	test("keeps its newest entries", { timeout: 60_000 }, async () => {
		const town = await ChatWorld.open("long-log", world.server);
		const ann = await town.person();
		for (let count = 0; count < 280; count++) {
			await town.publisher.do("ban", ann.id, `Ban ${count}`);
			await town.publisher.do("lift", ann.id, BAN, "");
		}
		const rows = await town.publisher.rows("SELECT detail FROM moderation_log");
		expect([rows.length <= 550, rows.some(([detail]) => detail === "Ban 279")]).toEqual([
			true,
			true,
		]);
	});
});
