// The strings of the extension: which there are in the sources, and what a translation of them must keep.
// Read with TypeScript's own parser, since the same walk finds sentences that are glued from parts.

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import ts from "typescript";
import { CHECKOUT } from "./dependencies.mjs";

/** Folders whose sources call `l10n.t`. */
const SOURCES = ["src/extension", "src/shared", "src/webview"];
/** Parts of a string that a translation keeps as they are: values, icons, code. */
const KEPT = /\{\d+\}|\$\([\w-]+\)|`[^`]*`/g;

/** @typedef {Record<string, string>} Strings by their keys */
/** @typedef {{ strings: Strings, problems: string[] }} Extraction */

/** Returns the text of every source that may call `l10n.t`, by its path. @returns {Promise<Map<string, string>>} */
export async function readSources() {
	/** @type {Map<string, string>} */
	const sources = new Map();
	for (const folder of SOURCES) {
		for (const name of await readdir(join(CHECKOUT, folder), { recursive: true })) {
			if (name.endsWith(".ts")) {
				const path = `${folder}/${name.replaceAll("\\", "/")}`;
				sources.set(path, await readFile(join(CHECKOUT, path), "utf8"));
			}
		}
	}
	return sources;
}

/** Returns the names of the languages the extension is translated to, such as `de`. @returns {Promise<string[]>} */
export async function languages() {
	const names = [...(await readdir(join(CHECKOUT, "l10n"))), ...(await readdir(CHECKOUT))];
	const found = names.map((name) => /^(?:bundle\.l10n|package\.nls)\.([\w-]+)\.json$/.exec(name));
	return [...new Set(found.flatMap((match) => match?.[1] ?? []))].sort();
}

/** Returns the path of one language's strings; without a language, of the English ones. */
export const STRING_FILES = {
	/** @param {string} [language] */
	sources: (language) => join(CHECKOUT, "l10n", `bundle.l10n${suffix(language)}.json`),
	/** @param {string} [language] */
	manifest: (language) => join(CHECKOUT, `package.nls${suffix(language)}.json`),
};

/** @param {string} [language] */
function suffix(language) {
	return language === undefined ? "" : `.${language}`;
}

/** Reads a file of strings. @param {string} path @returns {Promise<Strings>} */
export async function readStrings(path) {
	return /** @type {Strings} */ (JSON.parse(await readFile(path, "utf8")));
}

/** Returns the text of a file of strings, as it is committed. @param {Strings} strings */
export function formatStrings(strings) {
	return `${JSON.stringify(strings, null, "\t")}\n`;
}

/**
 * Returns the English strings in some sources, in alphabetical order, and what no translator could
 * translate: a text that is not a literal, and a sentence that is glued from parts.
 * @param {ReadonlyMap<string, string>} sources texts by path
 * @returns {Extraction}
 */
export function extract(sources) {
	/** @type {Set<string>} */
	const found = new Set();
	/** @type {string[]} */
	const problems = [];
	for (const [path, text] of sources) {
		const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
		/** @param {import("typescript").Node} node */
		const visit = (node) => {
			if (isTranslate(node)) {
				const { line } = file.getLineAndCharacterOfPosition(node.getStart());
				const { string, problem } = readUse(node);
				if (string !== undefined) {
					found.add(string);
				}
				if (problem !== undefined) {
					problems.push(`${path}:${line + 1} ${problem}`);
				}
			}
			ts.forEachChild(node, visit);
		};
		visit(file);
	}
	const strings = Object.fromEntries([...found].sort().map((string) => [string, string]));
	return { strings, problems };
}

/** Reports `l10n.t` itself, called or not. @param {import("typescript").Node} node */
function isTranslate(node) {
	return (
		ts.isPropertyAccessExpression(node) &&
		node.name.text === "t" &&
		ts.isIdentifier(node.expression) &&
		node.expression.text === "l10n"
	);
}

/** @param {import("typescript").Node} translate @returns {{ string?: string, problem?: string }} */
function readUse(translate) {
	const call = translate.parent;
	if (!ts.isCallExpression(call) || call.expression !== translate) {
		return { problem: "uses l10n.t without calling it" };
	}
	const [first] = call.arguments;
	if (first === undefined || !ts.isStringLiteralLike(first)) {
		return { problem: "calls l10n.t with a text that is not a literal" };
	}
	const glue = glueAround(call);
	return glue === undefined
		? { string: first.text }
		: { string: first.text, problem: `${glue}: “${first.text}”` };
}

/** Returns what makes a translated text a part of a longer one. @param {import("typescript").Node} text @returns {string | undefined} */
function glueAround(text) {
	const { parent } = text;
	if (ts.isTemplateSpan(parent)) {
		const isTagged = ts.isTaggedTemplateExpression(parent.parent.parent);
		return isTagged ? undefined : "puts a translated text into a template";
	}
	if (ts.isBinaryExpression(parent)) {
		const kind = parent.operatorToken.kind;
		if (kind === ts.SyntaxKind.PlusToken || kind === ts.SyntaxKind.PlusEqualsToken) {
			return "adds a translated text to another";
		}
		return isValueOf(parent, text) ? glueAround(parent) : undefined;
	}
	if (ts.isCallExpression(parent)) {
		return isTranslate(parent.expression) ? "puts a translated text into another" : undefined;
	}
	return isValueOf(parent, text) ? glueAround(parent) : undefined;
}

/**
 * Reports whether an expression has the value of one of its parts.
 * @param {import("typescript").Node} whole
 * @param {import("typescript").Node} part
 */
function isValueOf(whole, part) {
	if (ts.isConditionalExpression(whole)) {
		return whole.condition !== part;
	}
	if (ts.isBinaryExpression(whole)) {
		const { QuestionQuestionToken, BarBarToken, AmpersandAmpersandToken } = ts.SyntaxKind;
		const kinds = [QuestionQuestionToken, BarBarToken, AmpersandAmpersandToken];
		return kinds.some((kind) => kind === whole.operatorToken.kind);
	}
	return ts.isParenthesizedExpression(whole);
}

/**
 * Returns what a translation lacks, has too much, or changes of what it must keep.
 * @param {Strings} english
 * @param {Strings} translated
 * @returns {string[]}
 */
export function translationProblems(english, translated) {
	/** @param {string} text */
	const kept = (text) => [...text.matchAll(KEPT)].map(String).sort().join(" ");
	const problems = Object.keys(translated)
		.filter((key) => !(key in english))
		.map((key) => `is no longer needed: “${key}”`);
	for (const [key, text] of Object.entries(english)) {
		const translation = translated[key];
		if (translation === undefined) {
			problems.push(`is missing: “${key}”`);
		} else if (translation.trim() === "") {
			problems.push(`is empty: “${key}”`);
		} else if (kept(translation) !== kept(text)) {
			problems.push(`has other values, icons or code: “${key}”`);
		}
	}
	return problems;
}
