/** UTF-16 units of a message around what was found. */
const EXCERPT_LENGTH = 200;
const LEAD = 40;

/** The words that somebody looks for, in small letters. */
export function wordsOf(text: string): readonly string[] {
	return text.toLowerCase().split(/\s+/u);
}

/** Returns true if a text has all of these words, letter by letter, in upper or lower case. */
export function hasWords(text: string, words: readonly string[]): boolean {
	const lower = text.toLowerCase();
	return words.every((word) => lower.includes(word));
}

/** One line of a message around the first of these words. */
export function excerptOf(text: string, words: readonly string[]): string {
	const line = text.replace(/\s+/gu, " ").trim();
	const lower = line.toLowerCase();
	const at = words.map((word) => lower.indexOf(word)).filter((index) => index >= 0);
	const from = Math.max(0, Math.min(...at, line.length) - LEAD);
	const begin = from + LEAD >= line.length ? 0 : from;
	const lead = begin > 0 ? "…" : "";
	const rest = line.slice(begin, begin + EXCERPT_LENGTH - 2);
	return `${lead}${rest}${begin + rest.length < line.length ? "…" : ""}`;
}
