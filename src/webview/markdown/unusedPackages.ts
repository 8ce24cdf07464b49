/*
 * Replaces packages that markdown-it imports, in the view's bundle (scripts/lib/bundles.mjs):
 * - `mdurl` and `punycode.js` normalise addresses. parse.ts keeps them as typed, and links.ts reads them
 *   with the browser's own parser.
 * - `linkify-it` guesses addresses. autolink.ts takes only those with http or https.
 * - `uc.micro` holds character classes as patterns, which the language has itself.
 */

function asTyped(text: string): string {
	return text;
}

export { asTyped as decode, asTyped as encode, asTyped as format, asTyped as parse };
export default { toASCII: asTyped, toUnicode: asTyped };

export function LinkifyIt(): void {}

export const P = /\p{P}/u;
export const S = /\p{S}/u;
