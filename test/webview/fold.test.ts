import fc from "fast-check";
import { render } from "lit/html.js";
import { expect, test, vi } from "vitest";
import {
	foldedText,
	isFolded,
	isMarkable,
	piecesOf,
	wholeFence,
} from "../../src/webview/markdown/fold";
import { registerLongText } from "../../src/webview/markdown/longText";
import { renderMessage, type MessageView } from "../../src/webview/message/message";
import { message } from "./support/facts";

const text = fc.string({
	unit: fc.constantFrom("a", " ", "\n", "😀", "\u0301"),
	maxLength: 12_000,
});

test("pieces are short, and together they are the text", () => {
	fc.assert(
		fc.property(text, fc.constantFrom(2_000, 3_000), (whole, lineLength) => {
			const pieces = [...piecesOf(whole, lineLength)];
			expect([pieces.join(""), pieces.some(({ length }) => length > lineLength)]).toEqual([
				whole,
				false,
			]);
		}),
	);
});

test("a folded text is short, and the text begins with it", () => {
	fc.assert(
		fc.property(text, (whole) => {
			const beginning = foldedText(whole);
			expect([
				whole.startsWith(beginning),
				beginning.length <= 1_500,
				beginning.split("\n").length <= 20,
			]).toEqual([true, true, true]);
		}),
	);
});

test.each([
	["a thousand words", "word ".repeat(1_000), true],
	["a hundred lines", "x\n".repeat(100), true],
	["marks piled on a letter", `a${"\u0301".repeat(500)}`, true],
	["a long paragraph", "word ".repeat(500), false],
])("%s: folded is %s", (_what, long, isOne) => {
	expect(isFolded(long)).toBe(isOne);
});

test.each([
	["eight thousand letters", "x".repeat(8_000), true],
	["twenty thousand letters", "x".repeat(20_000), false],
	["a thousand lines", "x\n".repeat(1_000), false],
	["two hundred addresses", "https://a.b ".repeat(200), false],
])("%s: read as Markdown is %s", (_what, long, isOne) => {
	expect(isMarkable(long)).toBe(isOne);
});

test.each([
	["```ts\na\n```", { language: "ts", text: "a" }],
	["~~~\na\nb", { language: "", text: "a\nb" }],
	["````\n```\n````  \n", { language: "", text: "```" }],
	["```\na\n```\nand more", undefined],
	["```\na\n```\n```\nb\n```", undefined],
	["a\n```\nb\n```", undefined],
	["```a```\nb", undefined],
])("%j is one block of code: %j", (whole, fence) => {
	expect(wholeFence(whole)).toEqual(fence);
});

function draw(said: string): HTMLElement {
	registerLongText();
	const root = document.createElement("div");
	document.body.replaceChildren(root);
	const view: MessageView = {
		...{
			message: message("k1", { text: said }),
			isFollow: false,
			name: "Ada",
			delay: "none" as const,
		},
		...{ status: { emoji: "", title: "" }, quote: undefined, reactors: [], canReact: false },
		ownName: undefined,
	};
	const nothing = (): void => undefined;
	const port = {
		post: nothing,
		react: nothing,
		addReaction: nothing,
		retry: nothing,
		discard: nothing,
	};
	render(renderMessage(view, port), root);
	return root;
}

test("a long message shows its beginning, and unfolds with its formatting", () => {
	const root = draw(`**bold** ${"word ".repeat(1_000)}end`);
	const folded = root.textContent.includes("end");
	root.querySelector<HTMLElement>(".markdown-unfold")?.click();
	expect([
		folded,
		root.textContent.includes("end"),
		root.querySelectorAll("strong").length,
	]).toEqual([false, true, 1]);
});

test("a message of a million letters unfolds step by step", async () => {
	const root = draw("x".repeat(1_000_000));
	root.querySelector<HTMLElement>(".markdown-unfold")?.click();
	await vi.waitFor(
		() => expect(root.querySelector(".markdown-whole")?.textContent.length).toBe(1_000_000),
		50_000,
	);
});

test("unfolding a long message keeps the reader there", () => {
	const root = draw("word ".repeat(1_000));
	let isNotified = false;
	root.addEventListener("chat-unfold", () => (isNotified = true));
	root.querySelector<HTMLElement>(".markdown-unfold")?.click();
	expect([isNotified, document.activeElement?.localName]).toEqual([true, "chat-long"]);
});
