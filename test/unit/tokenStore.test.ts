import { expect, test } from "vitest";
import { TokenStore } from "../../src/extension/platform/tokenStore";
import type { Log } from "../../src/extension/platform/log";
import { redact } from "../../src/extension/platform/log";
import { MemorySecrets } from "../support/memorySecrets";

const QUIET: Log = {
	info: () => undefined,
	warn: () => undefined,
	error: () => undefined,
	show: () => undefined,
};
const KEY = "http://localhost:3000/#chat";
const STORED = `spacetimedbChat.token:${KEY}`;
const TOKEN = `eyJ${"a".repeat(300)}`;

function stores(): { secrets: MemorySecrets; tokens: TokenStore } {
	const secrets = new MemorySecrets();
	return { secrets, tokens: new TokenStore(secrets, QUIET) };
}

test("the first token is kept, a later one is not", async () => {
	const { tokens } = stores();
	const kept = [await tokens.keepFirst(KEY, "first"), await tokens.keepFirst(KEY, "second")];
	expect(kept).toEqual(["first", "first"]);
});

test("each server and database has a token of its own", async () => {
	const { tokens } = stores();
	await tokens.keepFirst(KEY, "one");
	expect(await tokens.read("http://localhost:3000/#other")).toBeUndefined();
});

test.each(["", "with\nnewline", "with space", "x".repeat(1_000_000), "ümlaut"])(
	"a damaged token counts as none",
	async (damaged) => {
		const { secrets, tokens } = stores();
		secrets.stored.set(STORED, damaged);
		expect(await tokens.read(KEY)).toBeUndefined();
	},
);

test("isKept reports a store that throws, and its recovery", async () => {
	const { secrets, tokens } = stores();
	secrets.failure = new Error("locked");
	await tokens.keepFirst(KEY, TOKEN);
	const whileLocked = tokens.isKept;
	secrets.failure = undefined;
	await tokens.read(KEY);
	expect([whileLocked, tokens.isKept]).toEqual([false, true]);
});

test("another window's token is reported, the own one is not", async () => {
	const secrets = new MemorySecrets();
	const here = new TokenStore(secrets, QUIET);
	const there = new TokenStore(secrets, QUIET);
	const told: string[] = [];
	here.onDidChangeElsewhere((key) => told.push(`here ${key}`));
	there.onDidChangeElsewhere((key) => told.push(`there ${key}`));
	await here.keepFirst(KEY, TOKEN);
	await new Promise((wake) => setTimeout(wake, 0));
	expect(told).toEqual([`there ${KEY}`]);
});

test.each([
	`Bearer ${TOKEN}`,
	`failed with ${TOKEN}.eyJhYmMiOjF9abc.c2lnbmF0dXJl`,
	`{"token":"${TOKEN}"}`,
])("a log never holds a token", (text) => {
	expect(redact(text)).not.toContain("eyJa");
});
