import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callReducer, createIdentity, readSchema, sql } from "../../scripts/lib/databases.mjs";
import { schemaText } from "../../scripts/lib/schema.mjs";
import { startServer } from "../../scripts/lib/spacetimedb.mjs";
import { recogniseChat } from "../../src/extension/database/wire/chatSchema";
import { readSchema as parseSchema } from "../../src/extension/database/wire/schema";
import committedSchema from "../../src/module_bindings/schema.json";
import type { Server } from "../support/chatServer";
import { publishAs } from "../support/chatServer";
import { TerminalClient } from "../support/terminalClient";
import { TEXT_CASES } from "../support/textCases";
import { until } from "../support/until";

const DATABASE = "module";
/** The module's grace period, and the delay of a busy machine. */
const GRACE_MS = 15_000;
const GRACE_LIMIT_MS = GRACE_MS + 15_000;

let server: Server;
let owner: { readonly identity: string; readonly token: string };

beforeAll(async () => {
	server = await startServer({ keepData: true });
	owner = await publishAs(server, DATABASE, "ours");
});
afterAll(async () => {
	await server.stop();
});

async function call(token: string, reducer: string, args: unknown[]) {
	return callReducer(server.url, DATABASE, token, reducer, args);
}

async function isOnline(identity: string): Promise<boolean> {
	const rows = await sql(
		server.url,
		DATABASE,
		owner.token,
		`SELECT online FROM user WHERE identity = 0x${identity}`,
	);
	return rows[0]?.[0] === true;
}

test("the bindings are those of this module", async () => {
	expect(schemaText(await readSchema(server.url, DATABASE))).toBe(schemaText(committedSchema));
});

test("the client recognises the module as a rooms database", () => {
	const schema = parseSchema(committedSchema);
	expect(schema === undefined ? undefined : recogniseChat(schema)).toEqual({
		kind: "rooms",
		setName: "set_name",
		sendMessage: "send_message",
		sent: "sent",
		canSearch: true,
		hasRooms: true,
	});
});

describe("text rules", () => {
	test.each(TEXT_CASES)("a $kind $name", async ({ kind, raw, text }) => {
		const { token, identity } = await createIdentity(server.url);
		const [reducer, query] =
			kind === "message"
				? ["send_message", `SELECT text FROM message WHERE sender = 0x${identity}`]
				: ["set_name", `SELECT name FROM user WHERE identity = 0x${identity}`];
		const answer = await call(token, reducer, [raw]);
		const rows = await sql(server.url, DATABASE, owner.token, query);
		const kept = kind === "message" ? rows[0]?.[0] : (rows[0]?.[0] as [number, unknown])[1];
		expect([answer.ok, typeof kept === "string" ? kept : undefined]).toEqual([
			text !== undefined,
			text,
		]);
	});
});

test("a refusal is a plain sentence with the reason", async () => {
	const { token } = await createIdentity(server.url);
	expect(await call(token, "send_message", ["x".repeat(8001)])).toEqual({
		ok: false,
		message: "Messages must not be longer than 8000 characters; this one has 8001",
	});
});

/** Columns of each timer's row besides its id and its time. */
const TIMERS: Readonly<Record<string, readonly unknown[]>> = {
	end_grace: [],
	sweep_send_keys: [],
	write_activity: [1],
	end_typing: [["0x0"], 1],
	end_status: [["0x0"]],
	show_sanctions: [["0x0"]],
	forget_left: [["0x0"], 1, 0, 1],
	index_posts: [[0], 0],
	take_away: [0, 1, 0],
};

describe.each(Object.entries(TIMERS))("the timer %s", (reducer, rest) => {
	test.each(["a stranger", "the owner"])("refuses %s", async (who) => {
		const { token } = who === "the owner" ? owner : await createIdentity(server.url);
		expect(await call(token, reducer, [[0, [1, [0]], ...rest]])).toEqual({
			ok: false,
			message: "rights: Only the database itself may do this",
		});
	});
});

/** Tables that no client may read. */
const PRIVATE_TABLES = committedSchema.tables
	.filter(({ table_access }) => "Private" in table_access)
	.map(({ name }) => name);

test("the private tables are those of the list", () => {
	expect(PRIVATE_TABLES.sort()).toEqual([
		...["activity_timer", "announcement", "bootstrap_state", "connection", "departure"],
		...["departure_timer", "direct_pair", "forget_timer", "moderation_entry", "moderation_viewer"],
		...[
			"name_holders",
			"person_name",
			"rate",
			"reaction_tally",
			"removal_timer",
			"room_counter",
			"room_name",
			"sanction_timer",
		],
		...["search_backlog", "search_block", "search_prefix", "search_rate", "search_state"],
		...["search_timer", "search_word", "send_key", "stale_room", "status_timer", "sweep_timer"],
		...["typing_timer", "verdict"],
	]);
});

test("every table with rows of one person has a filter", () => {
	const filters = committedSchema.row_level_security.map(({ sql }) => sql).sort();
	expect(filters).toEqual(
		[
			["search_result", "asker"],
			...["membership", "mention", "read_mark"].map((table) => [table, "owner"]),
			...["moderation_log", "sanction_detail"].map((table) => [table, "viewer"]),
			...["private_activity", "private_post", "private_post_version", "private_reaction"].map(
				(table) => [table, "recipient"],
			),
			...["private_room", "private_typing"].map((table) => [table, "recipient"]),
		]
			.map(([table, column]) => `SELECT * FROM ${table} WHERE ${column} = :sender`)
			.sort(),
	);
});

test.each(PRIVATE_TABLES)("a stranger can't read %s", async (table) => {
	const { token } = await createIdentity(server.url);
	await expect(sql(server.url, DATABASE, token, `SELECT * FROM ${table}`)).rejects.toThrow(
		/refused to run the SQL/,
	);
});

describe("presence", { concurrent: true, timeout: 90_000 }, () => {
	test("a caller over HTTP is not online afterwards", async () => {
		const { token, identity } = await createIdentity(server.url);
		await call(token, "set_name", ["Caller"]);
		await until("the caller is offline", async () => !(await isOnline(identity)), 5_000);
		expect(await isOnline(identity)).toBe(false);
	});

	test("a person with two connections stays online when one ends", async () => {
		const watcher = await TerminalClient.connect(server.url, DATABASE);
		const first = await TerminalClient.connect(server.url, DATABASE);
		const second = await TerminalClient.connect(server.url, DATABASE, first.token);
		await new Promise((wake) => setTimeout(wake, 1_200)); // longer than a call
		first.leave();
		await new Promise((wake) => setTimeout(wake, GRACE_MS + 3_000));
		const stays = watcher.isOnline(first.identity);
		second.leave();
		await until("offline", () => !watcher.isOnline(first.identity), GRACE_LIMIT_MS);
		watcher.leave();
		expect(stays).toBe(true);
	});

	test("a person who reconnects within the grace period is never offline", async () => {
		const watcher = await TerminalClient.connect(server.url, DATABASE);
		const first = await TerminalClient.connect(server.url, DATABASE);
		await new Promise((wake) => setTimeout(wake, 1_200)); // longer than a call
		first.leave();
		await new Promise((wake) => setTimeout(wake, 5_000));
		const duringGrace = watcher.isOnline(first.identity);
		const again = await TerminalClient.connect(server.url, DATABASE, first.token);
		await new Promise((wake) => setTimeout(wake, GRACE_MS));
		const after = watcher.isOnline(first.identity);
		const told = watcher.lines.filter((line) => line.startsWith(first.identity.slice(0, 8)));
		again.leave();
		watcher.leave();
		expect([duringGrace, after, told]).toEqual([
			true,
			true,
			[`${first.identity.slice(0, 8)} connected`],
		]);
	});

	test("a person who disconnects is offline after the grace period, not before", async () => {
		const watcher = await TerminalClient.connect(server.url, DATABASE);
		const person = await TerminalClient.connect(server.url, DATABASE);
		await new Promise((wake) => setTimeout(wake, 1_200)); // longer than a call
		const leftMs = Date.now();
		person.leave();
		await until("offline", () => !watcher.isOnline(person.identity), GRACE_LIMIT_MS);
		watcher.leave();
		expect(Date.now() - leftMs).toBeGreaterThanOrEqual(GRACE_MS - 500);
	});
});

test(
	"after a kill of the server, only connected people are online",
	{ timeout: 120_000 },
	async () => {
		const person = await TerminalClient.connect(server.url, DATABASE);
		await until("online", () => person.isOnline(person.identity));
		// The server syncs a commit to disk within half a second (server 1.3.0).
		await new Promise((wake) => setTimeout(wake, 1_500));
		const { port, dataDir } = server;
		await server.kill9();
		server = await startServer({ port, dataDir, keepData: true });
		await until("offline", async () => !(await isOnline(person.identity)), GRACE_LIMIT_MS + 10_000);
		expect(await isOnline(person.identity)).toBe(false);
	},
);
