import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { candidates, insertMention, queryAt } from "../../src/webview/composer/mentions";
import { markMentions } from "../../src/webview/markdown/mentions";
import { ADA, GRACE, ME, message, modelOf, room } from "./support/facts";

describe("a name that is being typed", () => {
	it.each([
		["@", 1, ""],
		["hello @gr", 9, "gr"],
		["(@ada", 5, "ada"],
		["@Ada Lo", 7, "Ada Lo"],
		["x @a y", 4, "a"],
	])("in %j at %d is %j", (text, caret, query) => {
		expect(queryAt(text, caret)?.text).toBe(query);
	});

	it.each([
		["me@example", 10],
		["@ada ", 5],
		["@ ada", 5],
		["no name", 7],
		["@a\nb", 4],
		[`@${"x".repeat(50)}`, 51],
		["@ada", 0],
	])("is none in %j at %d", (text, caret) => {
		expect(queryAt(text, caret)).toBeUndefined();
	});
});

describe("the candidates for a name", () => {
	const people = [
		{ identity: ME, name: "Grendel", isOnline: true },
		{ identity: ADA, name: "Ada Green", isOnline: true },
		{ identity: GRACE, name: "Grace", isOnline: false },
		{ identity: "d".repeat(64), name: "Greta", isOnline: true },
		{ identity: "e".repeat(64), isOnline: true },
	];
	const names = (query: string, part = {}) =>
		candidates(modelOf({ people, ...part }), query).map(({ name }) => name);

	it("begin with matching names, people online first, and never include the user", () => {
		expect(names("gr")).toEqual(["Greta", "Grace", "Ada Green"]);
	});

	it("begin with the latest authors", () => {
		const entries = [message("k1", { sender: "d".repeat(64) }), message("k2", { sender: GRACE })];
		expect(names("gr", { entries })).toEqual(["Grace", "Greta", "Ada Green"]);
	});

	it("begin with the members of a private room", () => {
		const rooms = [room(1, "x", { kind: "private", members: [ME, ADA] })];
		expect(names("gr", { rooms })[0]).toBe("Ada Green");
	});

	it("are empty for an unknown name", () => {
		expect(names("zz")).toEqual([]);
	});
});

test.each([
	["hello @gr", 9, "hello @Grace ", 13],
	["@gr you", 3, "@Grace you", 7],
])("a name goes into %j", (text, caret, after, caretAfter) => {
	expect(insertMention(text, queryAt(text, caret)!, "Grace")).toEqual({
		text: after,
		caret: caretAfter,
	});
});

describe("a mention of the reader", () => {
	const marked = (text: string, name: string) =>
		markMentions(text, name)
			.filter(({ isMention }) => isMention)
			.map((piece) => piece.text);

	it.each([
		["@Ada hi", "Ada", ["@Ada"]],
		["hi @ada, @ADA!", "Ada", ["@ada", "@ADA"]],
		["@Adam", "Ada", []],
		["me@ada", "Ada", []],
		["@a.b(c)", "a.b(c)", ["@a.b(c)"]],
		["@axb(c)", "a.b(c)", []],
		["@Ada", "", []],
	])("in %j for %j is %j", (text, name, pieces) => {
		expect(marked(text, name)).toEqual(pieces);
	});

	it("loses no letter with any name", () => {
		fc.assert(
			fc.property(fc.string(), fc.string({ unit: "grapheme" }), (text, name) => {
				const all = `${text}@${name} ${text}`;
				return (
					markMentions(all, name)
						.map((piece) => piece.text)
						.join("") === all
				);
			}),
		);
	});
});
