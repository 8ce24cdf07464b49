/** The longest excerpt, in UTF-16 units; more never fits into the one line that shows it. */
const MAX_EXCERPT_LENGTH = 200;

/** Returns the beginning of a message's text on one line. */
export function excerptOf(text: string): string {
	return text.replace(/\s+/gu, " ").trim().slice(0, MAX_EXCERPT_LENGTH);
}
