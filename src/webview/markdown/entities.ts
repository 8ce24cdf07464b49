/*
 * Takes the place of the package `entities` in the view's bundle (scripts/lib/bundles.mjs). markdown-it
 * reads character references in the targets of links and the language of a block only, since the rule
 * for those in the text is off; the package's table of two thousand names is 18 KB.
 */

/** The names that are met in addresses, and those of HTML's own characters. */
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

/** A text with its character references as characters. What is no known reference stays as it is. */
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

/** As HTML has it, without its table for the numbers of an old code page. */
function characterOf(code: number): string {
	const isValid = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
	return isValid ? String.fromCodePoint(code) : "\ufffd";
}
