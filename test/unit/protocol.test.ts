import fc from "fast-check";
import { expect, test } from "vitest";
import { safeLink } from "../../src/shared/link";
import { readLine } from "../../src/shared/line";
import { MAX_WISH_LENGTH, readToWebview } from "../../src/shared/protocol";
import { readToHost } from "../../src/shared/wishes";

const draftId = "6f9619ff-8b86-4011-b42d-00c04fc964ff";

test.each([
	{ type: "ready" },
	{ type: "send", draftId, room: 1, text: "hello" },
	{ type: "send", draftId, room: 2, text: "hello", replyTo: 0 },
	{ type: "edit", draftId, room: 1, seq: 7, text: "hello again" },
	{ type: "enterRoom", room: 4_294_967_295 },
	{ type: "react", room: 1, seq: 7, emoji: "🎉", isOn: true },
	{ type: "messageAction", action: "remove", room: 1, seq: 7 },
	{ type: "personAction", action: "ban", identity: "0".repeat(64) },
	{ type: "roomAction", action: "leave", room: 2 },
	{ type: "seen", room: 1, seq: 7 },
	{ type: "typing", room: 1 },
	{ type: "retry", key: "k" },
	{ type: "discard", key: "k" },
	{ type: "discardAll" },
	{ type: "endSearch" },
	{ type: "command", command: "connect" },
	{ type: "openLink", href: "https://example.com" },
	{ type: "copy", text: "code" },
	{ type: "networkBack" },
	{ type: "focused", isFocused: true },
	{ type: "viewError", message: "boom" },
])("the request $type is accepted", (wish) => {
	expect(readToHost(wish)).toEqual(wish);
});

test.each([
	["an unknown type", { type: "format" }],
	["no type", { text: "x" }],
	["a missing field", { type: "send", draftId, room: 1 }],
	["a field too many", { type: "ready", extra: 1 }],
	["a draft id that is none", { type: "send", draftId: "1", room: 1, text: "x" }],
	["a room that is none", { type: "enterRoom", room: 0 }],
	["half a room", { type: "enterRoom", room: 1.5 }],
	["a number below zero", { type: "seen", room: 1, seq: -1 }],
	["an identity that is none", { type: "personAction", action: "ban", identity: "x" }],
	["an action that is none", { type: "roomAction", action: "delete", room: 1 }],
	["a text too long", { type: "copy", text: "x".repeat(MAX_WISH_LENGTH + 1) }],
	["a command of the workbench", { type: "command", command: "workbench.action.quit" }],
	["a prototype key", JSON.parse('{"type":"ready","__proto__":{"x":1}}')],
	["the type constructor", { type: "constructor" }],
	["a string", "ready"],
	["null", null],
])("%s is rejected", (_what, message) => {
	expect(readToHost(message)).toBeUndefined();
});

test("no message makes the guards throw", () => {
	fc.assert(
		fc.property(fc.anything(), (message) => {
			readToHost(message);
			readToWebview(message);
		}),
		{ numRuns: 1_000 },
	);
});

test("the guard accepts requests alone, for any fields", () => {
	const fields = fc.record(
		{ type: fc.constantFrom("ready", "send", "retry", "command"), key: fc.string() },
		{ requiredKeys: ["type"] },
	);
	fc.assert(
		fc.property(fields, (message) => {
			const wish = readToHost(message);
			return wish === undefined || wish.type === message.type;
		}),
	);
});

test.each([
	["hello", { kind: "message", text: "hello" }],
	["/name Ada", { kind: "name", name: "Ada" }],
	["/name  Ada Lovelace", { kind: "name", name: "Ada Lovelace" }],
	["/name", { kind: "name", name: "" }],
	["/help", { kind: "help" }],
	["/nmae Ada", { kind: "unknownCommand", word: "/nmae" }],
	["/", { kind: "unknownCommand", word: "/" }],
	["//name", { kind: "message", text: "/name" }],
	[" /name Ada", { kind: "message", text: " /name Ada" }],
])("the line %j is parsed", (text, line) => {
	expect(readLine(text)).toEqual(line);
});

test.each(["https://example.com/a?b#c", "http://example.com/", "mailto:ada@example.com"])(
	"%s may be opened",
	(href) => {
		expect(safeLink(href)).toBe(href);
	},
);

test.each([
	"javascript:alert(1)",
	"JaVaScRiPt:alert(1)",
	" javascript:alert(1)",
	"data:text/html,x",
	"command:workbench.action.quit",
	"vscode://x",
	"file:///etc/passwd",
	"\\\\server\\share",
	"https://user@example.com/",
	"https://example.com@evil.example/",
	"//example.com",
	"",
])("%j may not be opened", (href) => {
	expect(safeLink(href)).toBeUndefined();
});
