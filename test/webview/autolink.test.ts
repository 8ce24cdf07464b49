import { expect, test } from "vitest";
import { decodeHTMLStrict } from "../../src/webview/markdown/entities";
import { parse, type Node } from "../../src/webview/markdown/parse";

function linksOf(nodes: readonly Node[]): string[] {
	return nodes.flatMap((node) => [
		...(node.kind === "link" ? [node.href] : []),
		...("children" in node ? linksOf(node.children) : []),
	]);
}

test.each([
	["see https://example.com.", ["https://example.com"]],
	[
		"https://example.com/a_b_c and http://b.example",
		["https://example.com/a_b_c", "http://b.example"],
	],
	["(https://example.com/wiki/X_(y))", ["https://example.com/wiki/X_(y)"]],
	["**https://example.com/*x*?**", ["https://example.com/*x"]],
	["HTTPS://EXAMPLE.COM/Q?a=1&b=2#c", ["HTTPS://EXAMPLE.COM/Q?a=1&b=2#c"]],
	["a\nhttps://example.com\nb", ["https://example.com"]],
	["[text](https://a.example) https://b.example", ["https://a.example", "https://b.example"]],
	["[https://a.example](https://b.example)", ["https://b.example"]],
	["<https://example.com/x>", ["https://example.com/x"]],
	["`https://example.com`", []],
	["xhttps://example.com", []],
	["https://", []],
	["https://...", []],
	["https://user@evil.example", []],
	["ftp://example.com www.example.com me@example.com main.rs", []],
])("the links of %j are %j", (text, links) => {
	expect(linksOf(parse(text))).toEqual(links);
});

test.each([
	["[x](https://example.com/?a=1&amp;b=2)", ["https://example.com/?a=1&b=2"]],
	["[x](https://example.com/&#x41;&#66;)", ["https://example.com/AB"]],
	["[x](javascript&colon;alert(1))", []],
	["[x](&#106;avascript:alert(1))", []],
])("references in the target of %j are read before it is judged", (text, links) => {
	expect(linksOf(parse(text))).toEqual(links);
});

test.each([
	["&amp;&lt;&gt;&quot;", '&<>"'],
	["&#65;&#x1F600;", "A😀"],
	["&#0;&#xD800;&#x110000;", "\ufffd\ufffd\ufffd"],
	["&unknown; &toString; &constructor; & &;", "&unknown; &toString; &constructor; & &;"],
	["&amp", "&amp"],
	["&#99999999;", "&#99999999;"],
])("%j reads %j", (text, read) => {
	expect(decodeHTMLStrict(text)).toBe(read);
});
