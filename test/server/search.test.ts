import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callReducer, createIdentity, sql } from "../../scripts/lib/databases.mjs";
import { NEEDLE_EVERY, needle, publishSeeded } from "../../scripts/lib/seed.mjs";
import { startServer } from "../../scripts/lib/spacetimedb.mjs";
import type { Server } from "../support/chatServer";
import { liftRates, publishAs, upgrade } from "../support/chatServer";
import { Searcher } from "../support/searcher";
import { TerminalClient } from "../support/terminalClient";
import { until } from "../support/until";

const DATABASE = "search";
const LOBBY = 1;
/** Hits of one answer (`server/src/rules/limits.rs`). */
const MAX_HITS = 50;
/** Searches that the rate limit allows at once. */
const BURST = 10;

let server: Server;
let owner: { readonly identity: string; readonly token: string };

beforeAll(async () => {
	server = await startServer();
	owner = await publishAs(server, DATABASE, "ours");
	await liftRates(server, DATABASE, owner);
});
afterAll(async () => {
	await server.stop();
});

let posted = 0;

async function post(...texts: string[]): Promise<void> {
	const { token } = await createIdentity(server.url);
	for (const text of texts) {
		const args = [LOBBY, `id-${posted++}`, text];
		expect(await callReducer(server.url, DATABASE, token, "post_message", args)).toEqual({ ok: true });
	}
}

/** Each search has a new caller, so that no test waits for the rate limit. */
async function find(text: string, database = DATABASE): Promise<readonly string[]> {
	const searcher = await Searcher.connect(server.url, database);
	try {
		return await searcher.find(text);
	} finally {
		searcher.leave();
	}
}

/** Waits until the index is complete. */
async function indexed(database: string): Promise<void> {
	await until("all is indexed", async () => {
		const [[indexedTo], [next]] = (await Promise.all([
			sql(server.url, database, owner.token, "SELECT indexed FROM search_state"),
			sql(server.url, database, owner.token, "SELECT next_seq FROM room_counter"),
		]).then((rows) => rows.map(([row]) => row))) as [[number], [number]];
		return indexedTo === next;
	});
}

describe("a message", () => {
	beforeAll(async () => {
		await post(
			"The quick brown fox",
			"Messages arrive in order",
			"call sendMessage(post_id) in src/view/panel.ts",
			"東京都庁で会いましょう",
			"東の京都",
			"Éclair and ÜBER",
			`${"before ".repeat(100)}haystackneedle${" after".repeat(100)}`,
			"one\n\n\tline\nof   several",
		);
	});

	test.each([
		["a word", "fox", ["The quick brown fox"]],
		["a word in capitals", "BROWN", ["The quick brown fox"]],
		["the beginning of a word", "mess", ["call sendMessage(post_id) in src/view/panel.ts", "Messages arrive in order"]],
		["several words in any order", "fox quick", ["The quick brown fox"]],
		["words of which one is missing", "quick elephant", []],
		["the middle of a word", "uick", []],
		["the beginning of a word that is not the last", "qui fox", []],
		["an identifier", "sendMessage", ["call sendMessage(post_id) in src/view/panel.ts"]],
		["a part of an identifier", "post", ["call sendMessage(post_id) in src/view/panel.ts"]],
		["a path", "view/panel.ts", ["call sendMessage(post_id) in src/view/panel.ts"]],
		["a letter with a mark", "éclair über", ["Éclair and ÜBER"]],
		["a word in a script without spaces", "東京", ["東京都庁で会いましょう"]],
		["a longer one, together", "京都庁", ["東京都庁で会いましょう"]],
		["a single character", "東", ["東の京都", "東京都庁で会いましょう"]],
		["words on several lines, shown on one", "several", ["one line of several"]],
	])("is found by %s", async (_what, text, hits) => {
		expect(await find(text)).toEqual(hits);
	});

	test("has an excerpt around the hit", async () => {
		const [excerpt = ""] = await find("haystackneedle");
		expect([excerpt.length, excerpt.indexOf("haystackneedle"), excerpt.at(0), excerpt.at(-1)]).toEqual([
			200,
			61,
			"…",
			"…",
		]);
	});

	test("is found at once", async () => {
		const searcher = await Searcher.connect(server.url, DATABASE);
		searcher.say("justnow");
		const hits = await searcher.find("justnow");
		searcher.leave();
		expect(hits).toEqual(["justnow"]);
	});

	test("is returned with its sender, time and number", async () => {
		const { token, identity } = await createIdentity(server.url);
		await callReducer(server.url, DATABASE, token, "post_message", [LOBBY, "whosaid", "whosaid"]);
		const searcher = await Searcher.connect(server.url, DATABASE);
		const { hits } = await searcher.result("whosaid");
		searcher.leave();
		const [row] = await sql(
			server.url,
			DATABASE,
			owner.token,
			`SELECT seq, sent FROM post WHERE sender = 0x${identity}`,
		);
		const [hit] = hits;
		expect([
			hit?.sender.toHexString(),
			Number(hit?.seq),
			Number(hit?.sent.microsSinceUnixEpoch),
		]).toEqual([identity, row?.[0], (row?.[1] as number[])[0]]);
	});
});

test("hits come newest first, page after page, each once", async () => {
	const texts = Array.from({ length: 2 * MAX_HITS + 10 }, (_, index) => `paged ${index}`);
	await post(...texts);
	const searcher = await Searcher.connect(server.url, DATABASE);
	const pages: (readonly string[])[] = [];
	let before: bigint | undefined;
	do {
		const { hits, older } = await searcher.result("paged", before);
		pages.push(hits.map(({ excerpt }) => excerpt));
		before = older;
	} while (before !== undefined);
	searcher.leave();
	expect([pages.map(({ length }) => length), pages.flat()]).toEqual([
		[MAX_HITS, MAX_HITS, 10],
		texts.toReversed(),
	]);
});

describe("a search", () => {
	test.each([
		["for nothing", " ", LOBBY, "search: Type a word to search for"],
		["for signs", "!?", LOBBY, "search: Type a word to search for"],
		["for too much", "x".repeat(201), LOBBY, "search: A search must not be longer than 200 characters"],
		["for too many words", "a b c d e f g h i j k l m n o p q", LOBBY, "search: Type at most 16 words to search for"],
		["in a room that is not there", "word", 99, "room: There is no such room"],
	])("%s is refused with the reason", async (_what, text, room, refusal) => {
		const searcher = await Searcher.connect(server.url, DATABASE);
		const answer = await searcher.search(text, { room });
		searcher.leave();
		expect(answer).toEqual({ refusal });
	});

	test("too soon after others is refused with the time to wait", async () => {
		const searcher = await Searcher.connect(server.url, DATABASE);
		const answers = await Promise.all(
			Array.from({ length: BURST + 3 }, async () => searcher.search("word")),
		);
		searcher.leave();
		const refusals = answers.flatMap((answer) => ("refusal" in answer ? [answer.refusal] : []));
		expect([refusals.length, refusals.every((refusal) => /^rate: Wait \d+ ms$/.test(refusal))]).toEqual([
			3,
			true,
		]);
	});

	test("does not count against the rate limit of sending", async () => {
		const searcher = await Searcher.connect(server.url, DATABASE);
		const searches = Array.from({ length: BURST + 3 }, async () => searcher.search("word"));
		searcher.say("stillheard");
		await Promise.all(searches);
		searcher.leave();
		expect(await find("stillheard")).toEqual(["stillheard"]);
	});

	test("is visible to its caller alone", async () => {
		const asker = await Searcher.connect(server.url, DATABASE);
		const stranger = await Searcher.connect(server.url, DATABASE);
		await post("confidential");
		await asker.find("confidential");
		await stranger.find("fox");
		const late = await Searcher.connect(server.url, DATABASE);
		const seen = [asker, stranger, late].map((person) =>
			person.results().map((row) => row.asker.toHexString()),
		);
		const overHttp = await sql(server.url, DATABASE, late.token, "SELECT * FROM search_result");
		const overheard = [...stranger.overheard, ...late.overheard];
		const expected = [[asker.identity], [stranger.identity], []];
		for (const person of [asker, stranger, late]) {
			person.leave();
		}
		expect([seen, overHttp, overheard]).toEqual([expected, [], []]);
	});

	test("leaves no row when its caller's last connection ends", async () => {
		const first = await Searcher.connect(server.url, DATABASE);
		const second = await Searcher.connect(server.url, DATABASE, first.token);
		const kept = async () => {
			const query = `SELECT query_id FROM search_result WHERE asker = 0x${first.identity}`;
			return (await sql(server.url, DATABASE, owner.token, query)).length;
		};
		await first.find("fox");
		first.leave();
		await new Promise((wake) => setTimeout(wake, 500));
		const meanwhile = await kept();
		second.leave();
		await until("the result is gone", async () => (await kept()) === 0);
		expect(meanwhile).toBe(1);
	});
});

describe("the index", () => {
	test("is built in the background, and its timer stops then", async () => {
		await post(...Array.from({ length: 300 }, (_, index) => `background ${index}`));
		await indexed(DATABASE);
		const rows = await Promise.all(
			["search_backlog", "search_timer"].map(async (table) =>
				sql(server.url, DATABASE, owner.token, `SELECT * FROM ${table}`),
			),
		);
		expect(rows).toEqual([[], []]);
	});

	test("of an upgraded quickstart database covers all messages", { timeout: 120_000 }, async () => {
		const database = "search-upgraded";
		const count = 2 * NEEDLE_EVERY;
		await publishSeeded(server.url, database, owner, { count, seed: 1 });
		await upgrade(server, database, owner);
		const searcher = await Searcher.connect(server.url, database);
		const early = await searcher.result(needle(0));
		await indexed(database);
		const found = [await searcher.find(needle(0)), await searcher.find(needle(NEEDLE_EVERY)), await searcher.find("needle")];
		searcher.leave();
		expect([early.isCatchingUp, found.map(({ length }) => length)]).toEqual([true, [1, 1, 2]]);
	});

	test("covers posts of a terminal from before the index", async () => {
		const terminal = await TerminalClient.connect(server.url, DATABASE);
		terminal.say("fromterminal");
		await terminal.sees(/: fromterminal$/);
		terminal.leave();
		expect(await find("fromterminal")).toEqual(["fromterminal"]);
	});
});
