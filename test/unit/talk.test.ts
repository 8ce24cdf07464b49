import { describe, expect, test } from "vitest";
import { groupReactions, names } from "../../src/extension/chat/room/postDetail";
import { remoteName } from "../../src/extension/commands/repositoryRoom";
import { splitStatus } from "../../src/extension/commands/status";

describe("the room of a repository", () => {
	const config = (url: string, remote = "origin") =>
		`[core]\n\tbare = false\n[remote "${remote}"]\n\turl = ${url}\n[branch "main"]\n\tremote = ${remote}\n`;

	test.each([
		["https://github.com/Clockwork/Chat.git", "clockwork/chat"],
		["git@github.com:clockwork/chat.git", "clockwork/chat"],
		["ssh://git@example.com:2222/group/sub/chat", "sub/chat"],
		["https://user:secret@example.com/me/chat/", "me/chat"],
		["/srv/git/chat.git", "git/chat"],
	])("%s is %s", (url, name) => {
		expect(remoteName(config(url))).toBe(name);
	});

	test("is that of origin before other remotes", () => {
		const text = config("https://a/b/fork", "fork") + config("https://a/b/real");
		expect(remoteName(text)).toBe("b/real");
	});

	test.each([
		["", "nothing"],
		[config("https://a/b/$(evil)"), "odd characters"],
	])("%j names no room (%s)", (text) => {
		expect(remoteName(text)).toBeUndefined();
	});
});

describe("a status", () => {
	test.each([
		["🚆 on the train", "🚆", "on the train"],
		["👩🏽‍💻", "👩🏽‍💻", ""],
		["🇫🇷 holiday", "🇫🇷", "holiday"],
		["just words", "", "just words"],
		["", "", ""],
	])("%j is %j and %j", (typed, emoji, text) => {
		expect(splitStatus(typed)).toEqual({ emoji, text });
	});
});

describe("a mention", () => {
	test.each([
		["look, @Ada!", "Ada", true],
		["@ada", "Ada", true],
		["@Adam", "Ada", false],
		["@Adam and @Ada", "Ada", true],
		["Ada", "Ada", false],
		["@Grace Hopper: hi", "Grace Hopper", true],
		["@", "", false],
	])("%j names %j: %s", (text, name, isNamed) => {
		expect(names(text, name)).toBe(isNamed);
	});

	test("never names a person without a name", () => {
		expect(names("@undefined", undefined)).toBe(false);
	});
});

test("reactions with one emoji are one, in the order of arrival", () => {
	const facts = [
		{ emoji: "🎉", who: "ada" },
		{ emoji: "👍", who: "me" },
		{ emoji: "🎉", who: "me" },
	];
	expect(groupReactions(facts, "me")).toEqual([
		{ emoji: "🎉", count: 2, isOwn: true, who: ["ada"] },
		{ emoji: "👍", count: 1, isOwn: true, who: [] },
	]);
});
