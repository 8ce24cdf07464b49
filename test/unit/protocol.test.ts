import fc from "fast-check";
import { expect, test } from "vitest";
import { safeLink } from "../../src/shared/link";
import { readComposerInput } from "../../src/shared/composerInput";
import { MAX_REQUEST_LENGTH, readToWebview } from "../../src/shared/protocol";
import { readToHost } from "../../src/shared/requests";

const clientId = "6f9619ff-8b86-4011-b42d-00c04fc964ff";

const DATABASE = "http://localhost:3000/#quickstart-chat";
const roomAt = (room: number) => ({ database: DATABASE, room, createdMicros: 5 });

test.each([
	{ type: "ready" },
	{ type: "send", clientId, target: roomAt(1), text: "hello" },
	{ type: "send", clientId, target: roomAt(2), text: "hello", replyTo: 0 },
	{ type: "setName", clientId, database: DATABASE, name: "Ada" },
	{ type: "edit", clientId, target: roomAt(1), seq: 7, text: "hello again" },
	{ type: "enterRoom", target: roomAt(4_294_967_295) },
	{ type: "react", target: roomAt(1), seq: 7, emoji: "🎉", isOn: true },
	{ type: "messageAction", action: "remove", target: roomAt(1), seq: 7 },
	{ type: "personAction", action: "ban", database: DATABASE, identity: "0".repeat(64) },
	{ type: "roomAction", action: "leave", target: roomAt(2) },
	{ type: "seen", target: roomAt(1), seq: 7 },
	{ type: "typing", target: roomAt(1) },
	{ type: "retry", clientId: "k", target: roomAt(1) },
	{ type: "discard", clientId: "k", target: roomAt(1) },
	{ type: "discardAll", target: roomAt(1) },
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
	["a missing field", { type: "send", clientId, target: roomAt(1) }],
	["a field too many", { type: "ready", extra: 1 }],
	["a draft id that is none", { type: "send", clientId: "1", target: roomAt(1), text: "x" }],
	["a room that is none", { type: "enterRoom", target: roomAt(0) }],
	["a request for no room", { type: "send", clientId, text: "x" }],
	["a request for no database", { type: "typing", target: { database: "", room: 1 } }],
	["half a room", { type: "enterRoom", target: roomAt(1.5) }],
	["a number below zero", { type: "seen", target: roomAt(1), seq: -1 }],
	[
		"an identity that is none",
		{ type: "personAction", action: "ban", database: DATABASE, identity: "x" },
	],
	["an action that is none", { type: "roomAction", action: "delete", target: roomAt(1) }],
	["a text too long", { type: "copy", text: "x".repeat(MAX_REQUEST_LENGTH + 1) }],
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
	expect(readComposerInput(text)).toEqual(line);
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
