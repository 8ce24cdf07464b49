import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readAddress } from "../../src/extension/connection/address";
import { ChatConnection } from "../../src/extension/connection/chatConnection";
import { TokenStore } from "../../src/extension/connection/tokenStore";
import { MemorySecrets } from "../support/memorySecrets";

const HOUR_MS = 60 * 60 * 1_000;
const NO_TABLES = { typespace: { types: [] }, tables: [], reducers: [] };

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

function connectionTo(answer: () => Promise<Response>) {
	const tried = vi.fn(answer);
	vi.stubGlobal("fetch", tried);
	const log = {
		info: () => undefined,
		warn: () => undefined,
		error: () => undefined,
		show: () => undefined,
	};
	const connection = new ChatConnection(
		{
			tokens: new TokenStore(new MemorySecrets(), log),
			log,
			readAddress: () => readAddress("http://localhost:3000", "chat"),
			historyWindowMs: () => 1,
			mayBeInsecure: () => false,
			random: () => 0.5,
		},
		{
			applied: () => undefined,
			openWish: () => ({ room: 1, before: undefined, isAtLatest: true, sinceMs: undefined }),
			headMoved: () => undefined,
			cut: () => undefined,
			personChanged: () => undefined,
			personGone: () => undefined,
			messageArrived: () => undefined,
			messageGone: () => undefined,
			messageChanged: () => undefined,
			talkChanged: () => undefined,
			addressed: () => undefined,
		},
	);
	return { connection, tried };
}

test("R5: an hour without a server is 130 attempts at most, and no rejection that nobody handles", async () => {
	const rejections: unknown[] = [];
	const gather = (reason: unknown) => rejections.push(reason);
	process.on("unhandledRejection", gather);
	const { connection, tried } = connectionTo(() => Promise.reject(new TypeError("fetch failed")));
	connection.connect();
	await vi.advanceTimersByTimeAsync(HOUR_MS);
	const state = connection.state.kind;
	connection.dispose();
	process.off("unhandledRejection", gather);
	const attempts = tried.mock.calls.length;
	console.log(`R5: ${attempts} attempts in an hour, ${rejections.length} unhandled rejections`);
	expect([state, attempts > 60 && attempts <= 130, rejections, vi.getTimerCount()]).toEqual([
		"waiting",
		true,
		[],
		0,
	]);
});

test.each([
	["401", () => new Response("", { status: 401 }), "badToken", "forgetIdentity"],
	["404", () => new Response("", { status: 404 }), "noDatabase", "changeServer"],
	["a wrong schema", () => Response.json(NO_TABLES), "notAChat", "changeServer"],
	["no schema", () => new Response("<html>"), "notAChat", "changeServer"],
])("R6: %s is one attempt in an hour, with an action", async (what, answer, code, remedy) => {
	const { connection, tried } = connectionTo(() => Promise.resolve(answer()));
	connection.connect();
	await vi.advanceTimersByTimeAsync(HOUR_MS);
	const { state } = connection;
	connection.dispose();
	console.log(`R6: ${tried.mock.calls.length} attempt in an hour at ${what}`);
	expect([tried.mock.calls.length, state, vi.getTimerCount()]).toMatchObject([
		1,
		{ kind: "refused", reason: { code }, remedy },
		0,
	]);
});
