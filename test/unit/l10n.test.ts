import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, test } from "vitest";
import manifest from "../../package.json";
import {
	extract,
	formatStrings,
	languages,
	readSources,
	readStrings,
	STRING_FILES,
	translationProblems,
} from "../../scripts/lib/l10n.mjs";

let ours: ReturnType<typeof extract>;

// Parsing every source takes a busy machine longer than a test may.
beforeAll(async () => {
	ours = extract(await readSources());
}, 60_000);

test("l10n/bundle.l10n.json has the strings of the sources: `npm run l10n` writes it", async () => {
	expect(await readFile(STRING_FILES.sources(), "utf8")).toBe(formatStrings(ours.strings));
});

test("every string in the sources can be translated as a whole", () => {
	expect(ours.problems).toEqual([]);
});

test("every translation of sources and manifest has the keys, values, icons and code of the English", async () => {
	const problems: string[] = [];
	for (const language of await languages()) {
		for (const pathOf of Object.values(STRING_FILES)) {
			const found = translationProblems(
				await readStrings(pathOf()),
				await readStrings(pathOf(language)),
			);
			problems.push(...found.map((problem) => `${pathOf(language)} ${problem}`));
		}
	}
	expect(problems).toEqual([]);
});

/** Properties of a manifest that VS Code shows to people. */
const SHOWN =
	/^(?:displayName|description|title|name|contextualTitle|category|label|.*Descriptions?|placeholder)$/;

/** Returns the texts of a manifest that are shown as they are, by their paths. */
function plainTexts(value: unknown, path: string, isShown: boolean): string[] {
	if (typeof value === "string") {
		return isShown && !/^%[\w.]+%$/.test(value) ? [`${path}: ${value}`] : [];
	}
	return typeof value !== "object" || value === null
		? []
		: Object.entries(value).flatMap(([key, inner]) =>
				plainTexts(inner, `${path}/${key}`, Array.isArray(value) ? isShown : SHOWN.test(key)),
			);
}

test("every text of the manifest that people see comes from package.nls.json", () => {
	const { name: _name, ...shown } = manifest;
	expect(plainTexts(shown, "", false)).toEqual([]);
});

test.each([
	["a missing key", {}, ["is missing: “Hello {0}”"]],
	["a key too much", { "Hello {0}": "Hallo {0}", Bye: "Tschüs" }, ["is no longer needed: “Bye”"]],
	["an empty text", { "Hello {0}": " " }, ["is empty: “Hello {0}”"]],
	["another value", { "Hello {0}": "Hallo {1}" }, ["has other values, icons or code: “Hello {0}”"]],
	["a value in another place", { "Hello {0}": "{0}, hallo" }, []],
])("a translation with %s", (_case, translated, problems) => {
	expect(translationProblems({ "Hello {0}": "Hello {0}" }, translated)).toEqual(problems);
});

describe("a source with", () => {
	test.each([
		["a text in a variable", "l10n.t(text)", "calls l10n.t with a text that is not a literal"],
		[
			"a text of parts",
			"l10n.t(`Hello ${name}`)",
			"calls l10n.t with a text that is not a literal",
		],
		["no call", "texts.map(l10n.t)", "uses l10n.t without calling it"],
		["a sum", 'l10n.t("Hello") + name', "adds a translated text to another: “Hello”"],
		[
			"a template",
			'`${l10n.t("Hello")} ${name}`',
			"puts a translated text into a template: “Hello”",
		],
		[
			"a choice in a template",
			'`${isNew ? (l10n.t("Hello")) : ""}`',
			"puts a translated text into a template: “Hello”",
		],
		[
			"a text within a text",
			'l10n.t("Say {0}", greeting ?? l10n.t("Hello"))',
			"puts a translated text into another: “Hello”",
		],
	])("%s cannot be translated as a whole", (_case, code, problem) => {
		expect(extract(new Map([["a.ts", code]])).problems).toEqual([`a.ts:1 ${problem}`]);
	});

	test.each(['html`<p>${l10n.t("Hello")}</p>`', 'greet(l10n.t("Hello"))', "i18n.t(text)"])(
		"%s is in order",
		(code) => {
			expect(extract(new Map([["a.ts", code]])).problems).toEqual([]);
		},
	);
});
