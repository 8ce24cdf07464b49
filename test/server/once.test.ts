import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callReducer, createIdentity, makeOwner, sql } from "../../scripts/lib/databases.mjs";
import { startServer } from "../../scripts/lib/spacetimedb.mjs";
import type { Server } from "../support/chatServer";
import { publishAs, upgrade } from "../support/chatServer";
import { TerminalClient } from "../support/terminalClient";
import { until } from "../support/until";

const DATABASE = "once";
const LOBBY = 1;

let server: Server;
let owner: { readonly identity: string; readonly token: string };

beforeAll(async () => {
	server = await startServer();
	owner = await publishAs(server, DATABASE, "ours");
});
afterAll(async () => {
	await server.stop();
});

async function postMessage(token: string, clientId: string, text: string, room = LOBBY) {
	return callReducer(server.url, DATABASE, token, "post_message", [room, clientId, text]);
}

async function rows(query: string, database = DATABASE): Promise<unknown[][]> {
	return sql(server.url, database, owner.token, query);
}

describe("posts", () => {
	test("a repeated client id makes one post, and no error", async () => {
		const { token, identity } = await createIdentity(server.url);
		const answers = [
			await postMessage(token, "same", "one"),
			await postMessage(token, "same", "another text"),
		];
		const posts = await rows(`SELECT text FROM post WHERE sender = 0x${identity}`);
		expect([answers, posts]).toEqual([[{ ok: true }, { ok: true }], [["one"]]]);
	});

	test("the same client id of two people makes two posts", async () => {
		const people = [await createIdentity(server.url), await createIdentity(server.url)];
		for (const { token } of people) {
			await postMessage(token, "shared-id", "mine");
		}
		const answers = await Promise.all(
			people.map(({ identity }) => rows(`SELECT text FROM post WHERE sender = 0x${identity}`)),
		);
		expect(answers).toEqual([[["mine"]], [["mine"]]]);
	});

	test("a known client id gets an ack even if the sender is over the rate limit", async () => {
		const { token } = await createIdentity(server.url);
		await postMessage(token, "first", "first");
		const answers = [];
		for (let count = 0; count < 25; count++) {
			answers.push(await postMessage(token, `more-${count}`, "more"));
		}
		const isHeldBack = answers.some((answer) => !answer.ok && /^rate: Wait \d+ ms$/.test(answer.message));
		expect([isHeldBack, await postMessage(token, "first", "first")]).toEqual([true, { ok: true }]);
	});

	test.each([
		["an id that is empty", "", "text", LOBBY, /^id: /],
		["an id that is too long", "x".repeat(65), "text", LOBBY, /^id: /],
		["an id with a space", "a b", "text", LOBBY, /^id: /],
		["a room that is not there", "id", "text", 99, /^room: /],
		["a text that is empty", "id", "  ", LOBBY, /^text: /],
	])("%s is refused with its code", async (_what, clientId, text, room, code) => {
		const { token } = await createIdentity(server.url);
		const answer = await postMessage(token, clientId, text, room);
		expect(answer.ok ? "accepted" : answer.message).toMatch(code);
	});

	test("posts have numbers in the room without a gap", async () => {
		const { token } = await createIdentity(server.url);
		for (let count = 0; count < 5; count++) {
			await postMessage(token, `seq-${count}`, "text");
		}
		const numbers = (await rows("SELECT seq FROM post")).map(([seq]) => Number(seq)).sort((a, b) => a - b);
		expect(numbers).toEqual(numbers.map((_, index) => index));
	});
});

describe("the quickstart's reducer", () => {
	test("without an announcement sends its text each time", async () => {
		const terminal = await TerminalClient.connect(server.url, DATABASE);
		terminal.say("twice");
		terminal.say("twice");
		await until("both are there", () => terminal.messages().filter((t) => t === "twice").length === 2);
		const posts = await rows(`SELECT client_id FROM post WHERE sender = 0x${terminal.identity}`);
		terminal.leave();
		expect(posts).toHaveLength(2);
	});

	test("answers with a plain sentence, as the quickstart does", async () => {
		const { token } = await createIdentity(server.url);
		expect(await callReducer(server.url, DATABASE, token, "send_message", [" "])).toEqual({
			ok: false,
			message: "Messages must not be empty",
		});
	});
});

describe("limits", () => {
	test("a stranger can't change them", async () => {
		const { token } = await createIdentity(server.url);
		const answer = await callReducer(server.url, DATABASE, token, "set_limits", [1, 1, 1, 1, 1]);
		expect(answer).toEqual({ ok: false, message: "rights: Only an owner may do this" });
	});

	test("the publisher is no owner before a role says so", async () => {
		const answer = await callReducer(server.url, DATABASE, owner.token, "set_limits", [1, 1, 1, 1, 1]);
		expect(answer.ok).toBe(false);
	});

	test("a stranger can't insert an owner's role by SQL", async () => {
		const { identity, token } = await createIdentity(server.url);
		await expect(makeOwner(server.url, DATABASE, { identity, token })).rejects.toThrow(/refused/);
	});
});

test("the lobby's mirror holds the newest thousand and some for terminals, and every post stays", { timeout: 60_000 }, async () => {
	const database = "mirror";
	const publisher = await publishAs(server, database, "ours");
	await makeOwner(server.url, database, publisher);
	await callReducer(server.url, database, publisher.token, "set_limits", [8_000, 64, 1_000_000, 1_000_000, 200]);
	const terminal = await TerminalClient.connect(server.url, database);
	for (let count = 0; count < 400; count++) {
		terminal.say(`line ${count}`);
	}
	await until("the last is there", () => terminal.messages().includes("line 399"), 30_000);
	// Read by SQL: the SDK's own socket may deliver compressed frames out of order.
	const mirrored = (await sql(server.url, database, publisher.token, "SELECT text FROM message"))
		.map(([text]) => Number(String(text).slice("line ".length)))
		.sort((a, b) => a - b);
	const posts = await sql(server.url, database, publisher.token, "SELECT seq FROM post");
	terminal.leave();
	expect([
		posts.length,
		mirrored.length >= 200 && mirrored.length < 200 + 128,
		mirrored,
	]).toEqual([400, true, Array.from(mirrored, (_, index) => 400 - mirrored.length + index)]);
});

test("an upgraded quickstart database keeps every message and name, in order", { timeout: 60_000 }, async () => {
	const database = "upgraded";
	const publisher = await publishAs(server, database, "stock");
	const before = await TerminalClient.connect(server.url, database);
	before.say("/name Ada");
	for (let count = 0; count < 1_500; count++) {
		before.say(`old ${count}`);
	}
	await until("all are there", () => before.messages().length === 1_500, 30_000);
	before.leave();
	await upgrade(server, database, publisher);
	const after = await TerminalClient.connect(server.url, database);
	after.say("new");
	await after.sees(/: new$/);
	const posts = (await sql(server.url, database, publisher.token, "SELECT seq, text FROM post"))
		.map(([seq, text]) => ({ seq: Number(seq), text: String(text) }))
		.sort((a, b) => a.seq - b.seq)
		.map(({ text }) => text);
	const names = after.people().flatMap(({ name }) => (name === undefined ? [] : [name]));
	const mirrored = await sql(server.url, database, publisher.token, "SELECT text FROM message");
	after.leave();
	const expected = [...Array.from({ length: 1_500 }, (_, index) => `old ${index}`), "new"];
	expect([posts, names, mirrored.length]).toEqual([expected, ["Ada"], 1_001]);
});
