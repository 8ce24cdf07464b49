import { describe, expect, it, test } from "vitest";
import { findWords } from "../../scripts/lib/words.mjs";

/** The findings of a file as "line word". */
function found(path: string, ...lines: string[]) {
	return findWords(path, lines.join("\n")).map(({ line, found: word }) => `${line} ${word}`);
}

const WORDS = [
	...["anew", "whoever", "whom", "whomever", "oneself"],
	...["is another", "so long", "so many", "for ever", "let go of"],
];

test.each(WORDS)("a comment that says “%s” is found", (word) => {
	expect(found("src/a.ts", "const a = 1;", `// The host does it ${word} here.`)).toEqual([
		`2 ${word}`,
	]);
});

test.each(["What", "Whether", "Who", "Whoever", "How"])(
	"a comment that opens with “%s” is found in each language",
	(word) => {
		const findings = [
			...findWords("src/a.ts", `/** ${word} a thing does. */`),
			...findWords("src/a.ts", `// ${word} a thing does.`),
			...findWords("src/a.ts", `/**\n * ${word} a thing does.\n */`),
			...findWords("server/src/a.rs", `/// ${word} a thing does.`),
			...findWords("server/src/a.rs", `//! ${word} a thing does.`),
			...findWords("src/a.css", `/* ${word} a thing does. */`),
		];
		const opening = { found: word, isOpening: true, kind: "comment" };
		expect(findings).toEqual([1, 1, 2, 1, 1, 1].map((line) => ({ ...opening, line })));
	},
);

test("prose that keeps the rules passes", () => {
	const script = [
		"/** Returns the newest page. Its author is somebody else, however long it is. */",
		"// The host evicts a page that no view shows.",
		'test("an evicted page is loaded again when it is shown", () => {});',
		'l10n.t("Leave empty to clear your status.");',
	];
	expect(found("test/a.test.ts", ...script)).toEqual([]);
	expect(found("README.md", "# Data flow", "", "The panel shows what is known.")).toEqual([]);
});

describe("code is no prose:", () => {
	it("identifiers, strings and quoted code in a comment", () => {
		const script = [
			"const whom = anew(oneself);",
			'const word = "whoever";',
			"const pattern = /whom\\/\\/ anew/;",
			"// Calls `anew` with {@link whom}.",
			"/** Names a person. @param {string} whom the person's identity */",
			"/** @param {string} name what to call the room */",
		];
		expect(found("src/a.mjs", ...script)).toEqual([]);
	});

	it("an address or a comment's mark within a string", () => {
		const script = ['const a = "// anew";', "const b = `/* anew */ ${a} // anew`;"];
		expect(found("src/a.ts", ...script)).toEqual([]);
		expect(found("src/a.css", '.a::after { content: "/* anew */"; }')).toEqual([]);
	});

	it("blocks, quoted code and addresses in a document", () => {
		const document = ["```", "anew", "```", "The word `anew` and [a page](docs/anew.md)."];
		expect(found("docs/a.md", ...document)).toEqual([]);
	});

	it("single words, characters and lifetimes in Rust", () => {
		const rust = [
			"fn whom<'a>(quote: char) -> &'a str {",
			`    if quote == '"' { "anew" } else { r#"anew"# }`,
		];
		expect(found("server/src/a.rs", ...rust)).toEqual([]);
	});
});

test("a comment on several lines is one: its first word counts, and a phrase may wrap", () => {
	const script = ["// The page is kept for", "// ever.", "// What follows is a new sentence."];
	expect(found("src/a.ts", ...script)).toEqual(["1 for ever"]);
	const block = ["/**", " * Pages stay loaded so", " * long as they are shown.", " */"];
	expect(found("src/a.ts", ...block)).toEqual(["2 so long"]);
});

test("a comment between, behind and inside code is found", () => {
	const script = [
		"const a = 1; // Made anew.",
		"call(a /* whom */, `${a /* oneself */}`);",
		"function f() {",
		"\t// Done anew.",
		"}",
		"// Read anew.",
	];
	expect(found("src/a.ts", ...script)).toEqual([
		"1 anew",
		"2 whom",
		"2 oneself",
		"4 anew",
		"6 anew",
	]);
});

test("the name of a test and of a group is found", () => {
	const script = [
		'describe("whom it means", () => {',
		'\tit.each([1])("asks %s anew", () => {});',
		'\ttest("waits for ever", () => {});',
		"});",
	];
	expect(found("test/a.test.ts", ...script)).toEqual(["1 whom", "2 anew", "3 for ever"]);
});

test("a translated sentence is found: in code, in the manifest and in a bundle", () => {
	const script = ['l10n.t("Connecting anew.");', "vscode.l10n.t({ message: `Read anew.` });"];
	expect(found("src/a.ts", ...script)).toEqual(["1 anew", "2 anew"]);
	const words = ["{", '\t"anew": "Connect",', '\t"setting.a": "Connect anew."', "}"];
	expect(found("package.nls.json", ...words)).toEqual(["3 anew"]);
	expect(found("package.nls.de.json", ...words)).toEqual(["3 anew"]);
	expect(found("l10n/bundle.l10n.json", ...words)).toEqual(["3 anew"]);
});

test("a sentence of the module is found, also past nested comments and raw strings", () => {
	const rust = [
		"/* outer /* inner */ still outer, anew */",
		'let a = r#"He said "anew" once."#;',
		`let b = '\\''; let c = '\\u{1F600}';`,
		'return Err("Say whom\\',
		'    to invite.".into());',
	];
	expect(found("server/src/a.rs", ...rust)).toEqual(["1 anew", "2 anew", "4 whom"]);
});
