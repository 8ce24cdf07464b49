/*
 * The rules for messages and names. `server/src/text.rs` has the same rules in Rust, and both pass the
 * cases of `test/cases/text.json`.
 */

/** The problem of a text, for a sentence. `length` counts Unicode scalar values. */
export type TextProblem =
	| { readonly kind: "empty" }
	| { readonly kind: "control" }
	| { readonly kind: "invisible" }
	| { readonly kind: "tooLong"; readonly length: number; readonly max: number };

export type CleanText =
	| { readonly ok: true; readonly text: string }
	| { readonly ok: false; readonly problem: TextProblem };

const SPACE = "\\p{White_Space}";
const JOINER = "\\u200c\\u200d";
/** Characters that take no room, draw nothing, or turn the direction of what follows. */
const INVISIBLE =
	"\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b\\u200e\\u200f" +
	"\\u202a-\\u202e\\u2060-\\u206f\\u2800\\u3164\\ufeff\\uffa0\\ufff9-\\ufffb" +
	"\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e001f}";

const LONE_SURROGATE = /\p{Surrogate}/gu;
const BLANK = new RegExp(`^[${SPACE}${INVISIBLE}${JOINER}]*$`, "u");
const LEADING_BLANK_LINES = new RegExp(`^(?:(?:(?!\\n)[${SPACE}])*\\n)+`, "u");
const TRAILING_SPACE = new RegExp(`[${SPACE}]$`, "u");
const LEADING_SPACE = new RegExp(`^[${SPACE}]+`, "u");
const CONTROL_IN_MESSAGE = /[^\P{Cc}\n\t]/u;
const CONTROL_IN_NAME = /[\p{Cc}\u2028\u2029]/u;
const HIDDEN = new RegExp(`[${INVISIBLE}]`, "u");
/** Joiners shape emoji and several scripts, between two characters that are not ASCII. */
const SHAPER = `[^\\0-\\x7f${SPACE}${JOINER}]`;
const STRAY_JOINER = new RegExp(`(?<!${SHAPER})[${JOINER}]|[${JOINER}](?!${SHAPER})`, "u");

/**
 * The text as it is kept: line ends as `\n`, no blank lines before it, no white space behind it, the
 * first line's indentation untouched. Half characters become U+FFFD, as they would on the wire.
 */
export function cleanMessage(raw: string, max: number): CleanText {
	const text = raw.replace(LONE_SURROGATE, "\ufffd").replaceAll("\r\n", "\n");
	if (CONTROL_IN_MESSAGE.test(text)) {
		return problem({ kind: "control" });
	}
	const trimmed = trimEnd(text.replace(LEADING_BLANK_LINES, ""));
	return BLANK.test(trimmed) ? problem({ kind: "empty" }) : checkLength(trimmed, max);
}

/**
 * The name as it is kept: one line without white space around it or invisible characters inside, which
 * would let one person pass for another.
 */
export function cleanName(raw: string, max: number): CleanText {
	const name = trimEnd(raw.replace(LONE_SURROGATE, "\ufffd").replace(LEADING_SPACE, ""));
	if (BLANK.test(name)) {
		return problem({ kind: "empty" });
	}
	if (CONTROL_IN_NAME.test(name)) {
		return problem({ kind: "control" });
	}
	if (HIDDEN.test(name) || STRAY_JOINER.test(name)) {
		return problem({ kind: "invisible" });
	}
	return checkLength(name, max);
}

/** Unicode scalar values in a well-formed text. */
export function scalarLength(text: string): number {
	let length = 0;
	for (const _scalar of text) {
		length++;
	}
	return length;
}

function checkLength(text: string, max: number): CleanText {
	const length = scalarLength(text);
	return length > max ? problem({ kind: "tooLong", length, max }) : { ok: true, text };
}

/** By hand, since a pattern anchored at the end takes quadratic time in a long run of spaces. */
function trimEnd(text: string): string {
	let end = text.length;
	while (end > 0 && TRAILING_SPACE.test(text.charAt(end - 1))) {
		end--;
	}
	return text.slice(0, end);
}

function problem(what: TextProblem): CleanText {
	return { ok: false, problem: what };
}
