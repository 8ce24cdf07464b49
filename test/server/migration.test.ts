import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createIdentity, makeOwner, sql } from "../../scripts/lib/databases.mjs";
import { startServer } from "../../scripts/lib/spacetimedb.mjs";
import { Caller, LOBBY } from "../support/callers";
import type { Server } from "../support/chatServer";
import { publishAs, upgrade } from "../support/chatServer";

const DATABASE = "migration";
/** Tables of the module without rooms, which must keep their rows. */
const TABLES = ["user", "message", "post", "room", "room_head", "limits", "role"];
const PRIVATE_TABLES = ["send_key", "room_counter", "rate"];

let server: Server;
let publisher: Caller;
let ada: Caller;

/** Returns all rows of these tables without the ids of posts, as the database's owner sees them. */
async function contents(tables: readonly string[]): Promise<unknown> {
	const found: Record<string, string[]> = {};
	for (const table of tables) {
		const rows = await sql(server.url, DATABASE, publisher.token, `SELECT * FROM ${table}`);
		const kept = table === "post" ? rows.map(([, ...row]) => row) : rows;
		found[table] = kept.map((row) => JSON.stringify(row)).sort();
	}
	return found;
}

async function caller(): Promise<Caller> {
	return new Caller(server.url, DATABASE, await createIdentity(server.url));
}

beforeAll(async () => {
	server = await startServer();
	publisher = new Caller(server.url, DATABASE, await publishAs(server, DATABASE, "beforeRooms"));
	await makeOwner(server.url, DATABASE, publisher);
	await publisher.do("set_limits", 500, 64, 1_000_000, 1_000_000, 100);
	ada = await caller();
	await ada.do("set_name", "Ada");
	for (let count = 0; count < 300; count++) {
		await ada.do("post_message", LOBBY, `old-${count}`, `old ${count}`);
	}
	await ada.do("send_message", "the last of old");
});
afterAll(async () => {
	await server.stop();
});

describe("a database of a module without rooms", () => {
	test("keeps every row when the current module is published over it twice", async () => {
		const before = await contents([...TABLES, ...PRIVATE_TABLES]);
		await upgrade(server, DATABASE, publisher);
		await upgrade(server, DATABASE, publisher);
		// The first connection makes the missing rows.
		await publisher.do("mark_read", LOBBY, 0);
		expect(await contents([...TABLES, ...PRIVATE_TABLES])).toEqual(before);
	});

	test("has the rows of rooms at the next connect", async () => {
		const bob = await caller();
		await bob.do("set_name", "Bob");
		const made = [
			await bob.rows("SELECT room, next_seq, excerpt FROM room_activity"),
			await bob.rows("SELECT room, unread_from FROM read_mark"),
			await bob.code("create_room", "LOBBY", "", false, "taken"),
		];
		expect(made).toEqual([[[LOBBY, 301, "the last of old"]], [[LOBBY, 301]], "name"]);
	});

	test("keeps the client ids of sent messages", async () => {
		await ada.do("post_message", LOBBY, "old-7", "old 7");
		expect(await ada.rows("SELECT seq FROM post WHERE text = 'old 7'")).toEqual([[7]]);
	});

	test("finds names that were set before", async () => {
		const bob = await caller();
		await bob.do("post_message", LOBBY, "hello", "hello @ada");
		expect(await ada.rows("SELECT seq FROM mention")).toEqual([[301]]);
	});

	test("lets old posts be edited, answered and deleted", async () => {
		await ada.do("edit_post", LOBBY, 8, "new 8");
		await ada.do("post_reply", LOBBY, "reply", "to 8", 8);
		await ada.do("delete_post", LOBBY, 8);
		expect([
			await ada.rows("SELECT text FROM post WHERE seq = 8"),
			await ada.rows("SELECT reply_to FROM post WHERE seq = 302"),
		]).toEqual([[[""]], [[8]]]);
	});

	test("keeps private tables private", async () => {
		const [bob, eve] = [await caller(), await caller()];
		await bob.do("mark_read", LOBBY, 0);
		await ada.do("open_direct", bob.id);
		const [row] = await ada.rows("SELECT room FROM private_room");
		await ada.do("post_message", Number(row?.[0]), "secret", "between us");
		const query = "SELECT text FROM private_post";
		expect([await bob.rows(query), await eve.rows(query)]).toEqual([[["between us"]], []]);
	});

	test("makes no person the creator of its lobby", async () => {
		const makers = await ada.rows("SELECT created_by FROM room");
		expect([
			makers.flat().includes(ada.identity),
			await ada.code("set_topic", LOBBY, "mine"),
		]).toEqual([false, "rights"]);
	});
});
