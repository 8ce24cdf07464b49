import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readAddress } from "../../src/extension/platform/address";
import { ChatConnection } from "../../src/extension/database/connection";
import type { HttpAnswer } from "../../src/extension/platform/httpRequest";
import { requestOnce } from "../../src/extension/platform/httpRequest";
import { TokenStore } from "../../src/extension/platform/tokenStore";
import { MemorySecrets } from "../support/memorySecrets";

vi.mock(import("../../src/extension/platform/httpRequest"), async (original) => ({
	...(await original()),
	requestOnce: vi.fn(),
}));

const HOUR_MS = 60 * 60 * 1_000;
const NO_TABLES = { typespace: { types: [] }, tables: [], reducers: [] };

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

function connectionTo(answer: () => Promise<HttpAnswer>) {
	const tried = vi.mocked(requestOnce).mockReset().mockImplementation(answer);
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
			openRequest: () => ({
				room: 1,
				before: undefined,
				isAtLatest: true,
				maxPages: 7,
				sinceMs: undefined,
			}),
			pagesBegun: () => undefined,
			cut: () => undefined,
			personChanged: () => undefined,
			personGone: () => undefined,
			messageArrived: () => undefined,
			messageGone: () => undefined,
			messageChanged: () => undefined,
			roomsChanged: () => undefined,
			mentioned: () => undefined,
		},
	);
	return { connection, tried };
}

test("R5: an hour without a server is 130 tries at most, and no unhandled rejection", async () => {
	const rejections: unknown[] = [];
	const gather = (reason: unknown) => rejections.push(reason);
	process.on("unhandledRejection", gather);
	const { connection, tried } = connectionTo(() => Promise.reject(new Error("socket hang up")));
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
	["401", { status: 401, body: "" }, "badToken", "forgetIdentity"],
	["404", { status: 404, body: "" }, "noDatabase", "changeServer"],
	["a wrong schema", { status: 200, body: JSON.stringify(NO_TABLES) }, "notAChat", "changeServer"],
	["no schema", { status: 200, body: "<html>" }, "notAChat", "changeServer"],
])("R6: %s is one try in an hour, with an action", async (what, answer, code, remedy) => {
	const { connection, tried } = connectionTo(() => Promise.resolve(answer));
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
