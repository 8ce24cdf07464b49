/** The longest excerpt, in UTF-16 units; more never fits into the one line that shows it. */
const MAX_EXCERPT_LENGTH = 200;
/** UTF-16 units before the first of the searched words. */
const LEAD_LENGTH = 40;

/**
 * Returns a message's text on one line, cut to an excerpt.
 *
 * @param words searched words in lower case; the excerpt is around the first of them, or else the beginning
 */
export function excerptOf(text: string, words: readonly string[] = []): string {
	const line = text.replace(/\s+/gu, " ").trim();
	const lower = line.toLowerCase();
	const at = words.map((word) => lower.indexOf(word)).filter((index) => index >= 0);
	const from = Math.max(0, Math.min(...at, line.length) - LEAD_LENGTH);
	const begin = from + LEAD_LENGTH >= line.length ? 0 : from;
	const lead = begin > 0 ? "…" : "";
	const rest = line.slice(begin, begin + MAX_EXCERPT_LENGTH - 2);
	return `${lead}${rest}${begin + rest.length < line.length ? "…" : ""}`;
}
