/*
 * Replaces the package `entities` in the view's bundle (scripts/lib/bundles.mjs). The rule for character
 * references in texts is off, so markdown-it reads them only in link targets and block languages. The
 * package's table of two thousand names is 18 KB.
 */

/** The names that occur in addresses, and those of HTML's own characters. */
const NAMES: Readonly<Record<string, string>> = {
	amp: "&",
	lt: "<",
	gt: ">",
	quot: '"',
	apos: "'",
	nbsp: "\u00a0",
	num: "#",
	percnt: "%",
	plus: "+",
	equals: "=",
	colon: ":",
	sol: "/",
	bsol: "\\",
	quest: "?",
	commat: "@",
	lpar: "(",
	rpar: ")",
	lsqb: "[",
	rsqb: "]",
	lowbar: "_",
	hyphen: "\u2010",
	ndash: "\u2013",
	mdash: "\u2014",
	hellip: "\u2026",
	copy: "\u00a9",
	reg: "\u00ae",
};

const REFERENCE = /&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|([a-z]{2,8}));/giu;

/** Replaces the known character references in a text by their characters. */
export function decodeHTMLStrict(text: string): string {
	return text.replace(
		REFERENCE,
		(reference, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
			if (name !== undefined) {
				return Object.hasOwn(NAMES, name) ? (NAMES[name] ?? reference) : reference;
			}
			return characterOf(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16));
		},
	);
}

/** Returns the character of a code as HTML does, without its table for an old code page. */
function characterOf(code: number): string {
	const isValid = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
	return isValid ? String.fromCodePoint(code) : "\ufffd";
}
