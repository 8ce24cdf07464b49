import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readAddress } from "../../src/extension/connection/address";
import { ChatConnection } from "../../src/extension/connection/chatConnection";
import { TokenStore } from "../../src/extension/connection/tokenStore";
import { MemorySecrets } from "../support/memorySecrets";

const HOUR_MS = 60 * 60 * 1_000;

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

test("R5: an hour without a server is 130 attempts at most, and no rejection that nobody handles", async () => {
	const rejections: unknown[] = [];
	const gather = (reason: unknown) => rejections.push(reason);
	process.on("unhandledRejection", gather);
	let attempts = 0;
	vi.stubGlobal("fetch", () => {
		attempts++;
		return Promise.reject(new TypeError("fetch failed"));
	});
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
			openWish: () => ({ before: undefined, isAtLatest: true, sinceMs: undefined }),
			headMoved: () => undefined,
			cut: () => undefined,
			personChanged: () => undefined,
			personGone: () => undefined,
			messageArrived: () => undefined,
			messageGone: () => undefined,
		},
	);
	connection.connect();
	await vi.advanceTimersByTimeAsync(HOUR_MS);
	const state = connection.state.kind;
	connection.dispose();
	process.off("unhandledRejection", gather);
	console.log(`R5: ${attempts} attempts in an hour`);
	expect([state, attempts > 60 && attempts <= 130, rejections, vi.getTimerCount()]).toEqual([
		"waiting",
		true,
		[],
		0,
	]);
});
