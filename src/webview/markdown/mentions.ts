/** A part of a text; `isMention` is true if it mentions the reader. */
export interface MentionPiece {
	readonly text: string;
	readonly isMention: boolean;
}

let known: { readonly name: string; readonly pattern: RegExp } | undefined;

/** Splits a text where `@` and this name stand as a word, in any case. */
export function markMentions(text: string, name: string | undefined): readonly MentionPiece[] {
	if (name === undefined || name === "" || !text.includes("@")) {
		return [{ text, isMention: false }];
	}
	if (known?.name !== name) {
		known = { name, pattern: patternOf(name) };
	}
	return text
		.split(known.pattern)
		.map((piece, index) => ({ text: piece, isMention: index % 2 === 1 }))
		.filter((piece) => piece.text !== "");
}

function patternOf(name: string): RegExp {
	// Each character becomes its code, so that none has a special meaning in the pattern.
	const letters = Array.from(
		name,
		(letter) => `\\u{${letter.codePointAt(0)?.toString(16) ?? "0"}}`,
	);
	return new RegExp(`(?<![\\p{L}\\p{N}_])(@${letters.join("")})(?![\\p{L}\\p{N}_])`, "giu");
}
