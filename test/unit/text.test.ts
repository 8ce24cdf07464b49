import { expect, test } from "vitest";
import fc from "fast-check";
import { cleanMessage, cleanName, scalarLength } from "../../src/shared/text";
import { TEXT_CASES } from "../support/textCases";

test.each(TEXT_CASES)("a $kind $name", ({ kind, raw, text, problem }) => {
	const clean = kind === "message" ? cleanMessage(raw, 8000) : cleanName(raw, 64);
	expect(clean.ok ? { text: clean.text } : { problem: clean.problem.kind }).toEqual(
		text === undefined ? { problem } : { text },
	);
});

test("half a character becomes a replacement character, as on the wire", () => {
	expect(cleanMessage("a\ud800b", 10)).toEqual({ ok: true, text: "a\ufffdb" });
});

test("a cleaned message is clean", () => {
	fc.assert(
		fc.property(fc.string({ unit: "binary" }), (raw) => {
			const once = cleanMessage(raw, 100);
			return !once.ok || JSON.stringify(cleanMessage(once.text, 100)) === JSON.stringify(once);
		}),
	);
});

test("a cleaned name is clean", () => {
	fc.assert(
		fc.property(fc.string({ unit: "binary" }), (raw) => {
			const once = cleanName(raw, 100);
			return !once.ok || JSON.stringify(cleanName(once.text, 100)) === JSON.stringify(once);
		}),
	);
});

test("a megabyte of spaces is refused without quadratic work", () => {
	expect(cleanMessage(" \n".repeat(500_000), 8000)).toEqual({
		ok: false,
		problem: { kind: "empty" },
	});
});

test("each emoji counts as one character", () => {
	expect(scalarLength("a😀b")).toBe(3);
});
