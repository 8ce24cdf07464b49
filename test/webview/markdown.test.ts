import { render } from "lit/html.js";
import { expect, test, vi } from "vitest";
import type { ToHost } from "../../src/shared/requests";
import { registerCodeBlock } from "../../src/webview/markdown/codeBlock";
import { parse } from "../../src/webview/markdown/parse";
import { renderNodes } from "../../src/webview/markdown/render";

function draw(text: string): { readonly root: HTMLElement; readonly posted: ToHost[] } {
	registerCodeBlock();
	const posted: ToHost[] = [];
	const root = document.createElement("div");
	document.body.replaceChildren(root);
	render(
		renderNodes(parse(text), { post: (request) => posted.push(request), ownName: "Yves" }),
		root,
	);
	return { root, posted };
}

/** Returns the tags of a rendered text, without those of every paragraph. */
function tagsOf(text: string): string[] {
	return [...draw(text).root.querySelectorAll("*")]
		.map(({ localName }) => localName)
		.filter((name) => name !== "p");
}

test.each([
	["**bold**", ["strong"]],
	["*italic*", ["em"]],
	["~~strike~~", ["s"]],
	["`code`", ["code"]],
	["- one\n- two", ["ul", "li", "li"]],
	["3. three", ["ol", "li"]],
	["> quoted", ["blockquote"]],
	["[text](https://example.com)", ["a"]],
	["https://example.com", ["a"]],
	["a\nb", ["br"]],
])("%j is marked up", (text, tags) => {
	expect(tagsOf(text)).toEqual(tags);
});

test.each([
	"# no heading",
	"a\n===",
	"---",
	"| a | b |\n|---|---|\n| 1 | 2 |",
	"[ref]: nowhere",
	"<b>no html</b>",
	"&lt;b&gt;",
	"2 * 3 * 4",
	"snake_case_name",
	"main.rs",
])("%j stays text", (text) => {
	expect(tagsOf(text).filter((tag) => tag !== "br")).toEqual([]);
});

test.each([
	`<img src=x onerror="alert(1)">`,
	`<svg onload="alert(1)">`,
	`<iframe srcdoc="<script>alert(1)</script>"></iframe>`,
	`<link rel=dns-prefetch href="//evil.example">`,
	`<base href="https://evil.example/">`,
	`<meta http-equiv=refresh content="0;url=https://evil.example">`,
	`<form action="https://evil.example"><input></form>`,
	"[x](javascript:alert(1))",
	"[x](JaVaScRiPt:alert(1))",
	"[x](data:text/html,x)",
	"[x](command:workbench.action.quit)",
	"[x](vscode://evil)",
	"[x](file:///etc/passwd)",
	"[x](https://user@evil.example)",
	"<javascript:alert(1)>",
	"![pixel](https://evil.example/pixel.png)",
	"a\u202eb",
	"a\u2028b",
	"\ud800",
])("%j becomes text and nothing else", (text) => {
	const { root } = draw(text);
	// A link in the text must lead to exactly the typed address.
	const planted = [...root.querySelectorAll("*")].filter(
		(element) =>
			element.localName !== "p" &&
			!/^https:\/\/[a-z.]+\/?/.test(element.getAttribute("href") ?? ""),
	);
	expect([planted.length, root.textContent]).toEqual([0, text]);
});

test.each([
	["quotes", `${">".repeat(10_000)} deep`],
	["brackets", "[".repeat(10_000)],
	["stars", "*".repeat(10_000)],
	["backticks", "`".repeat(10_000)],
	["bold in bold", `${"**a ".repeat(2_500)}${"** ".repeat(2_500)}`],
	["list in list", Array.from({ length: 500 }, (_, i) => `${"  ".repeat(i)}- x`).join("\n")],
	["combining marks", `a${"\u0301".repeat(10_000)}`],
])("ten thousand %s lose nothing that was said", (_what, text) => {
	const letters = (value: string) => value.replace(/[\s>*[`-]/gu, "");
	expect(letters(draw(text).root.textContent)).toBe(letters(text));
});

test("a fence is code in any language", () => {
	const { root } = draw("```__proto__\nconst x = 1;\n```");
	expect([
		root.querySelector("pre")?.textContent,
		root.querySelector(".code-language")?.textContent,
	]).toEqual(["const x = 1;", "__proto__"]);
});

test("an unclosed fence is code to the end", () => {
	expect(draw("```\na\nb").root.querySelector("pre")?.textContent).toBe("a\nb");
});

test("a block of a hundred thousand lines folds to twenty, and unfolds step by step", async () => {
	const lines = Array.from({ length: 100_000 }, (_, index) => `line ${index}`).join("\n");
	const { root } = draw(`\`\`\`\n${lines}\n\`\`\``);
	const count = () => root.querySelector("pre")?.textContent.split("\n").length;
	const folded = count();
	root.querySelector<HTMLElement>(".code-unfold")?.click();
	await vi.waitFor(() => expect([folded, count()]).toEqual([20, 100_000]), 50_000);
});

test("the copy button asks the host for the clipboard", () => {
	const { root, posted } = draw("```ts\nconst x = 1;\n```");
	root.querySelector<HTMLElement>("button.ui-icon")?.click();
	expect(posted).toEqual([{ type: "copy", text: "const x = 1;" }]);
});

test("a link is opened by the host, and shows its true target", () => {
	const { root, posted } = draw("[https://bank.example](https://evil.example/x)");
	const link = root.querySelector("a");
	link?.click();
	expect([link?.title, root.querySelector(".markdown-host")?.textContent, posted]).toEqual([
		"https://evil.example/x",
		"(evil.example)",
		[{ type: "openLink", href: "https://evil.example/x" }],
	]);
});

test("a lookalike host is shown in its real spelling", () => {
	const { root } = draw("[аpple](https://аpple.com)");
	expect(root.querySelector(".markdown-host")?.textContent).toMatch(/^\(xn--/);
});
