/*
 * Takes the place of packages that markdown-it brings along, in the view's bundle (scripts/lib/bundles.mjs):
 * - `mdurl` and `punycode.js` bring addresses into another form. parse.ts leaves them as they were typed,
 *   and links.ts reads them with the browser's own parser.
 * - `linkify-it` guesses addresses. autolink.ts takes what says http by itself.
 * - `uc.micro` holds classes of characters as patterns, which the language has by now.
 */

function asTyped(text: string): string {
	return text;
}

export { asTyped as decode, asTyped as encode, asTyped as format, asTyped as parse };
export default { toASCII: asTyped, toUnicode: asTyped };

export function LinkifyIt(): void {}

export const P = /\p{P}/u;
export const S = /\p{S}/u;
