/** A part of an excerpt; `isMatch`: it is one of the words that were looked for. */
export interface Piece {
	readonly text: string;
	readonly isMatch: boolean;
}

/** An excerpt cut where the words of the searched text are in it, whatever their case. */
export function markWords(excerpt: string, searched: string): readonly Piece[] {
	const words = [...new Set(searched.split(/\s+/u).filter((word) => word !== ""))];
	if (words.length === 0) {
		return [{ text: excerpt, isMatch: false }];
	}
	// The longest first: of "chat" and "chatter" the whole word is marked.
	words.sort((a, b) => b.length - a.length);
	const pattern = new RegExp(`(${words.map(escape).join("|")})`, "giu");
	return excerpt
		.split(pattern)
		.map((text, index) => ({ text, isMatch: index % 2 === 1 }))
		.filter(({ text }) => text !== "");
}

/** A word as a pattern that matches just it. */
function escape(word: string): string {
	return word.replace(/[\\^$.*+?()[\]{}|/-]/gu, (character) =>
		character === "-" ? "\\x2d" : `\\${character}`,
	);
}
