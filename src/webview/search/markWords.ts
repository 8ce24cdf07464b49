/** A part of an excerpt; `isMatch` is true for a searched word. */
export interface Piece {
	readonly text: string;
	readonly isMatch: boolean;
}

/** Splits an excerpt where it contains a word of the searched text, in any case. */
export function markWords(excerpt: string, searched: string): readonly Piece[] {
	const words = [...new Set(searched.split(/\s+/u).filter((word) => word !== ""))];
	if (words.length === 0) {
		return [{ text: excerpt, isMatch: false }];
	}
	// The longest word comes first, so that "chatter" is marked whole beside "chat".
	words.sort((a, b) => b.length - a.length);
	const pattern = new RegExp(`(${words.map(escape).join("|")})`, "giu");
	return excerpt
		.split(pattern)
		.map((text, index) => ({ text, isMatch: index % 2 === 1 }))
		.filter(({ text }) => text !== "");
}

/** Returns a pattern that matches only this word. */
function escape(word: string): string {
	return word.replace(/[\\^$.*+?()[\]{}|/-]/gu, (character) =>
		character === "-" ? "\\x2d" : `\\${character}`,
	);
}
