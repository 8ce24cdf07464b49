// The word list: words and openings that the repository's prose does without, because a reader who does
// not know the program stumbles over them. CONTRIBUTING.md has the rules.

import { proseOf } from "./prose.mjs";

/** @typedef {{ line: number, kind: import("./prose.mjs").Prose["kind"], found: string, isOpening: boolean }} Finding */

const WORDS = [
	"anew",
	"whoever",
	"whom",
	"whomever",
	"oneself",
	"is another",
	"so long",
	"so many",
	"for ever",
	"let go of",
];

const LISTED = new RegExp(
	`\\b(${WORDS.map((word) => word.replaceAll(" ", "\\s+")).join("|")})\\b`,
	"gi",
);

/** A comment begins with a verb or a noun, never with a question word. */
const OPENING = /^\s*(what|whether|who|whoever|whom|whose|how)\b/i;

/**
 * Reports the listed words in a file's prose, and the comments that open with a question word.
 * @param {string} path from the checkout, with slashes; its ending says how to read the file
 * @param {string} file the file's text
 * @returns {Finding[]} in the order of their lines
 */
export function findWords(path, file) {
	/** @type {(Finding & { at: number })[]} */
	const findings = [];
	/** @param {number} at @param {import("./prose.mjs").Prose["kind"]} kind @param {string} found @param {boolean} isOpening */
	const add = (at, kind, found, isOpening) => {
		const line = file.slice(0, at).split("\n").length;
		findings.push({ at, line, kind, found: found.replace(/\s+/g, " "), isOpening });
	};
	for (const { kind, start, text } of proseOf(path, file)) {
		const opening = kind === "comment" ? OPENING.exec(text)?.[1] : undefined;
		const openingAt = opening === undefined ? -1 : text.indexOf(opening);
		if (opening !== undefined) {
			add(start + openingAt, kind, opening, true);
		}
		for (const match of text.matchAll(LISTED)) {
			if (match.index !== openingAt) {
				add(start + match.index, kind, match[0], false);
			}
		}
	}
	return findings.sort((a, b) => a.at - b.at).map(({ at: _, ...finding }) => finding);
}
