/** Returns the words of a searched text, in lower case. */
export function wordsOf(text: string): readonly string[] {
	return text.toLowerCase().split(/\s+/u);
}

/** Returns true for a text that has all of these words, in upper or lower case. */
export function hasWords(text: string, words: readonly string[]): boolean {
	const lower = text.toLowerCase();
	return words.every((word) => lower.includes(word));
}
