import { afterAll, beforeAll, describe, expect, test } from "vitest";
import schema from "../../src/module_bindings/schema.json";
import type { Caller } from "../support/callers";
import { ACTIVITY_MS, ChatWorld, LOBBY } from "../support/callers";
import { FullWatcher } from "../support/fullWatcher";
import { until } from "../support/until";

/** A word in every text of the private room, and nowhere else. */
const CANARY = "canary-7f3a";
const TABLES = schema.tables.map(({ name }) => name);
const OPEN_TABLES = schema.tables
	.filter(({ table_access }) => "Public" in table_access)
	.map(({ name }) => name);
/** Tables with rows of one person, and the column with that person. */
const OWNED = schema.row_level_security.map(({ sql }) => {
	const [, table = "", column = ""] = /FROM (\w+) WHERE (\w+) =/.exec(sql) ?? [];
	return { table, column };
});
/** Reducers of the private messages below; in the lobby and in public rooms nothing else happens. */
const PRIVATE_REDUCERS = [
	...["create_room", "invite", "remove_member", "open_direct", "rename_room", "set_topic"],
	...["archive_room", "post_message", "post_reply", "edit_post", "delete_post", "remove_post"],
	...["react", "mark_read", "start_typing", "leave_room", "search"],
	...["time_out", "ban", "lift"],
];

let world: ChatWorld;
beforeAll(async () => {
	world = await ChatWorld.open("privacy");
});
afterAll(async () => {
	await world.close();
});

/** Returns all possible queries: each table, the rows of a victim, and joins from public tables. */
function queries(victim: Caller): string[] {
	return [
		...TABLES.map((table) => `SELECT * FROM ${table}`),
		...OWNED.map(({ table, column }) => `SELECT * FROM ${table} WHERE ${column} = ${victim.sql}`),
		...OWNED.flatMap(({ table, column }) => [
			`SELECT u.* FROM user u JOIN ${table} t ON u.identity = t.${column}`,
			`SELECT t.* FROM ${table} t JOIN user u ON t.${column} = u.identity`,
			`SELECT t.* FROM ${table} t JOIN user u ON t.${column} = u.identity WHERE u.identity = ${victim.sql}`,
		]),
	];
}

function sqlOnly(victim: Caller): string[] {
	return OWNED.flatMap(({ table, column }) => [
		`SELECT COUNT(*) AS n FROM ${table} WHERE ${column} = ${victim.sql}`,
		`SELECT t.id FROM ${table} t JOIN user u ON t.${column} = u.identity`,
		`SELECT u.identity, t.id FROM user u JOIN ${table} t ON u.identity = t.${column}`,
	]);
}

/** Returns the rows of other people that SQL reveals; a refusal reveals none. */
async function leakedBySql(who: Caller, victim: Caller): Promise<unknown[]> {
	const leaked: unknown[] = [];
	for (const query of [...queries(victim), ...sqlOnly(victim)]) {
		const rows = await who.rows(query).catch(() => []);
		const isCount = query.includes("COUNT");
		const isOwned = OWNED.some(({ table }) => new RegExp(`(FROM|JOIN) ${table}\\b`).test(query));
		const isForeign = JSON.stringify(rows).includes(victim.identity);
		if (
			JSON.stringify(rows).includes(CANARY) ||
			(isOwned && (isCount ? rows[0]?.[0] !== 0 : isForeign))
		) {
			leaked.push({ query, rows });
		}
	}
	return leaked;
}

/** Performs every private act of two people, with the canary in every text. */
async function talkPrivately(ann: Caller, bob: Caller): Promise<void> {
	const room = await world.room(ann, true, `${CANARY} room`);
	await ann.do("set_topic", room, `${CANARY} topic`);
	await ann.do("invite", room, bob.id);
	for (const place of [room, await world.direct(ann, bob)]) {
		const seq = await world.say(ann, place, `${CANARY} @Bob hello`);
		await bob.do("start_typing", place);
		await bob.do("post_reply", place, world.clientId(), `${CANARY} reply`, seq);
		await ann.do("edit_post", place, seq, `${CANARY} edited`);
		await bob.do("react", place, seq, "👍", true);
		await bob.do("react", place, seq, "👍", false);
		await bob.do("mark_read", place, seq);
		await new Promise((wake) => setTimeout(wake, ACTIVITY_MS));
		await ann.do("edit_post", place, seq, `${CANARY} edited again`);
		await ann.do("delete_post", place, seq);
	}
	await ann.do("search", LOBBY, 1, `${CANARY} in the lobby`, { none: [] });
	const removed = await world.say(bob, room, `${CANARY} rude`);
	await ann.do("remove_post", room, removed);
	await ann.do("rename_room", room, `${CANARY} renamed`);
	await ann.do("remove_member", room, bob.id);
	await ann.do("invite", room, bob.id);
	await bob.do("leave_room", room);
	await ann.do("archive_room", room, true);
	// Timers write within a second.
	await new Promise((wake) => setTimeout(wake, ACTIVITY_MS));
}

/** Returns the frames, rows and reducers that a person received of the private room of others. */
function received(watcher: FullWatcher) {
	return {
		frames: watcher.framesWith(CANARY),
		rows: OWNED.map(({ table }) => [table, watcher.rowsOf(table)]).filter(([, rows]) => rows !== 0),
		reducers: watcher.reducers().filter((name) => PRIVATE_REDUCERS.includes(name)),
	};
}

const NOTHING = { frames: 0, rows: [], reducers: [] };

test("a third person receives nothing of a private room: before, during and after", async () => {
	const [ann, bob, eve] = await Promise.all([
		world.person("Ann"),
		world.person("Bob"),
		world.person("Eve"),
	]);
	const watcher = await FullWatcher.connect(world.server, world.database, eve.token, queries(ann));
	const control = await FullWatcher.connect(world.server, world.database, bob.token, queries(ann));
	watcher.clear();
	await talkPrivately(ann, bob);
	const during = received(watcher);
	const member = received(control).frames;
	watcher.leave();
	control.leave();
	const again = await FullWatcher.connect(world.server, world.database, eve.token, [
		...queries(ann),
		...queries(bob),
	]);
	const after = [
		again.framesWith(CANARY),
		again.rowsOf("private_post"),
		await leakedBySql(eve, ann),
	];
	again.leave();
	expect([during, member > 10, after]).toEqual([NOTHING, true, [0, 0, []]]);
});

test("every open table was watched, every other was refused", async () => {
	const [ann, eve] = await world.people(2);
	const watcher = await FullWatcher.connect(
		world.server,
		world.database,
		eve!.token,
		queries(ann!),
	);
	const refused = watcher.refused.map((line) => /^SELECT \* FROM (\w+):/.exec(line)?.[1]);
	watcher.leave();
	expect(refused.filter((table) => table !== undefined).sort()).toEqual(
		TABLES.filter((table) => !OPEN_TABLES.includes(table)).sort(),
	);
});

describe("a removed member", () => {
	test("keeps no row and receives none, even after a reconnect", async () => {
		const [ann, bob, eve] = await Promise.all([
			world.person("Ann"),
			world.person("Bob"),
			world.person("Eve"),
		]);
		const room = await world.roomOf(ann, bob, eve);
		const early = await world.say(ann, room, `${CANARY} seen by all`);
		await ann.do("edit_post", room, early, `${CANARY} seen by all, twice`);
		await bob.do("react", room, early, "🎉", true);
		const watcher = await FullWatcher.connect(
			world.server,
			world.database,
			eve.token,
			queries(ann),
		);
		const before = watcher.framesWith(CANARY) > 0;
		await ann.do("remove_member", room, eve.id);
		await new Promise((wake) => setTimeout(wake, 300));
		watcher.clear();
		const late = await world.say(ann, room, `${CANARY} after`);
		await ann.do("edit_post", room, late, `${CANARY} after, twice`);
		await ann.do("edit_post", room, early, `${CANARY} three times`);
		await bob.do("react", room, early, "👀", true);
		await bob.do("start_typing", room);
		await new Promise((wake) => setTimeout(wake, ACTIVITY_MS));
		const after = received(watcher);
		watcher.leave();
		const again = await FullWatcher.connect(world.server, world.database, eve.token, queries(ann));
		const reconnected = [again.framesWith(CANARY), await leakedBySql(eve, ann)];
		again.leave();
		const own = await Promise.all(
			[
				"private_post",
				"private_post_version",
				"private_reaction",
				"private_activity",
				"private_room",
			].map((table) => eve.rows(`SELECT id FROM ${table}`)),
		);
		expect([before, after, reconnected, own]).toEqual([
			true,
			NOTHING,
			[0, []],
			[[], [], [], [], []],
		]);
	});

	test("who rejoins sees only the posts from then on", async () => {
		const [ann, eve] = await world.people(2);
		const room = await world.roomOf(ann!, eve!);
		await world.say(ann!, room, "one");
		await ann!.do("remove_member", room, eve!.id);
		const missed = await world.say(ann!, room, `${CANARY} two`);
		await ann!.do("invite", room, eve!.id);
		const watcher = await FullWatcher.connect(
			world.server,
			world.database,
			eve!.token,
			queries(ann!),
		);
		await ann!.do("edit_post", room, missed, `${CANARY} changed`);
		await ann!.do("react", room, missed, "👍", true);
		await ann!.do("delete_post", room, missed);
		await new Promise((wake) => setTimeout(wake, ACTIVITY_MS));
		const leaked = watcher.framesWith(CANARY);
		watcher.leave();
		await world.say(ann!, room, "three");
		expect([leaked, await eve!.rows("SELECT text FROM private_post")]).toEqual([0, [["three"]]]);
	});
});

test("the remover of a public post is visible to moderators alone", async () => {
	const [ann, eve] = [await world.person(), await world.person()];
	const [moderator, other] = [await world.moderator(), await world.moderator()];
	const seq = await world.say(ann, LOBBY, "rude");
	const stranger = await FullWatcher.connect(
		world.server,
		world.database,
		eve.token,
		queries(moderator),
	);
	const colleague = await FullWatcher.connect(
		world.server,
		world.database,
		other.token,
		queries(moderator),
	);
	stranger.clear();
	colleague.clear();
	await moderator.do("remove_post", LOBBY, seq);
	await until("all see that it is gone", () => stranger.reducers().includes("take_away"));
	await until("a moderator sees who did it", () => colleague.reducers().includes("remove_post"));
	// A call over HTTP also shows the caller online for a moment.
	const told = [stranger, colleague].map((watcher) => [
		watcher.reducers().includes("remove_post"),
		watcher.framesWith(moderator.identity, '"table_name":"post"') > 0,
		watcher.framesWith(moderator.identity, '"table_name":"moderation_log"') > 0,
	]);
	stranger.leave();
	colleague.leave();
	expect(told).toEqual([
		[false, false, false],
		[true, false, true],
	]);
});

test("the reason of a sanction is visible to its target and moderators alone", async () => {
	const [eve, rogue] = [await world.person(), await world.person()];
	const moderators = [await world.moderator(), await world.moderator()];
	const watcher = await FullWatcher.connect(
		world.server,
		world.database,
		eve.token,
		queries(rogue),
	);
	const person = await FullWatcher.connect(world.server, world.database, rogue.token, queries(eve));
	watcher.clear();
	await moderators[0]!.do("time_out", rogue.id, 600, `${CANARY} calm down`);
	await moderators[0]!.do("lift", rogue.id, 1, `${CANARY} calm again`);
	await moderators[0]!.do("ban", rogue.id, `${CANARY} enough`);
	await world.publisher.do("ban", moderators[1]!.id, `${CANARY} a moderator`);
	await world.publisher.do("lift", moderators[1]!.id, 2, `${CANARY} sorry`);
	await new Promise((wake) => setTimeout(wake, 500));
	const stranger = [
		watcher.framesWith(CANARY),
		watcher.reducers().filter((name) => PRIVATE_REDUCERS.includes(name)),
	];
	const told = person.framesWith(`${CANARY} enough`) > 0;
	const names = person.framesWith(CANARY, moderators[0]!.identity);
	const others = await eve.rows("SELECT kind FROM sanction");
	watcher.leave();
	person.leave();
	expect([stranger, told, names, others, await eve.rows("SELECT * FROM sanction_detail")]).toEqual([
		[0, []],
		true,
		0,
		[[2]],
		[],
	]);
});

test("the publisher bypasses every filter, so privacy must never be tested as the publisher", async () => {
	const [ann, bob] = await world.people(2);
	await world.say(ann!, await world.direct(ann!, bob!), "between us");
	const rows = await world.publisher.rows("SELECT text FROM private_post");
	expect([rows.some(([text]) => text === "between us"), LOBBY]).toEqual([true, 1]);
});
