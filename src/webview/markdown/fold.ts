/*
 * Limits that keep any text from blocking the view. Measured in Chromium 156 on one slow core: the layout
 * of 2,000 letters takes 4 ms at most, of 16,000 up to 40 ms, of a million half a second. Only combining
 * marks on one letter take longer: 18 ms for 2,000, four times that for 4,000.
 */

/** The longest message that is not folded. */
const MAX_OPEN_LENGTH = 4_000;
const MAX_OPEN_LINES = 80;
/** The longest beginning that a folded message shows. */
const FOLDED_LENGTH = 1_500;
const FOLDED_LINES = 20;
/** The longest text that is read as Markdown. Longer ones are shown as typed, even when unfolded. */
const MAX_MARKED_LENGTH = 8 * 1024;
const MAX_MARKED_LINES = 600;
/** The most addresses in a text that is read as Markdown, since each one is parsed and becomes an element. */
const MAX_ADDRESSES = 150;
/** The length of text that is laid out at once; less where marks pile up. */
const PIECE_LENGTH = 2_000;
const PILED_LENGTH = 500;
/** More combining marks on one letter than any script has. */
const PILED_MARKS = /\p{M}{100}/u;
/** The longest word that is not cut. */
const MAX_WORD_LENGTH = 200;

/** Returns true if only the beginning of a message is shown at first. */
export function isFolded(text: string): boolean {
	return text.length > MAX_OPEN_LENGTH || hasMoreLines(text, MAX_OPEN_LINES) || isPiled(text);
}

/** Returns true if a text is short and simple enough to be read as Markdown. */
export function isMarkable(text: string): boolean {
	return (
		text.length <= MAX_MARKED_LENGTH &&
		text.split("://", MAX_ADDRESSES + 2).length <= MAX_ADDRESSES + 1 &&
		!hasMoreLines(text, MAX_MARKED_LINES) &&
		!isPiled(text)
	);
}

/** Returns true if marks pile up on one letter. Their layout time grows with the square. */
export function isPiled(text: string): boolean {
	return PILED_MARKS.test(text);
}

/** Returns true if a text has more than `max` lines. Reads no further than necessary. */
export function hasMoreLines(text: string, max: number): boolean {
	let at = -1;
	for (let line = 0; line < max; line++) {
		at = text.indexOf("\n", at + 1);
		if (at === -1) {
			return false;
		}
	}
	return true;
}

/** Returns the beginning of a text, with whole lines and words where possible. */
export function foldedText(text: string): string {
	const most = isPiled(text) ? PILED_LENGTH : FOLDED_LENGTH;
	if (text.length <= most && !hasMoreLines(text, FOLDED_LINES)) {
		return text;
	}
	const lines = text.slice(0, most).split("\n");
	if (lines.length > FOLDED_LINES) {
		return lines.slice(0, FOLDED_LINES).join("\n");
	}
	// The last line is cut and left out, unless it is the only long one.
	const whole = lines.slice(0, -1).join("\n");
	return whole.length > most / 4 ? whole : text.slice(0, cutBefore(text, most));
}

/**
 * Cuts a text into pieces that can each be laid out at once. Pieces end where a line ends; a line of more
 * than `lineLength` is broken.
 */
export function* piecesOf(text: string, lineLength = PIECE_LENGTH): Generator<string, void> {
	const [most, longest] = isPiled(text) ? [PILED_LENGTH, PILED_LENGTH] : [PIECE_LENGTH, lineLength];
	for (let start = 0; start < text.length;) {
		const end = pieceEnd(text, start, most, longest);
		yield text.slice(start, end);
		start = end;
	}
}

/** Returns the code of a text that is one block of code; `undefined` for any other text. */
export function wholeFence(text: string): { language: string; text: string } | undefined {
	const opening = /^ {0,3}(`{3,}|~{3,})[ \t]*([^\n`]*)\n/u.exec(text);
	if (opening === null) {
		return undefined;
	}
	const [line, fence = "", info = ""] = opening;
	const closing = new RegExp(`^ {0,3}${fence}${fence.charAt(0)}*[ \\t]*$`, "mu");
	const body = text.slice(line.length);
	const end = closing.exec(body);
	if (end !== null && body.slice(end.index + end[0].length).trim() !== "") {
		return undefined;
	}
	return {
		language: info.trim().split(/\s+/u)[0] ?? "",
		text: (end === null ? body : body.slice(0, end.index)).replace(/\n$/u, ""),
	};
}

function pieceEnd(text: string, start: number, most: number, lineLength: number): number {
	if (start + most >= text.length) {
		return text.length;
	}
	const before = text.lastIndexOf("\n", start + most - 1);
	if (before >= start) {
		return before + 1;
	}
	const line = text.slice(start, start + lineLength);
	const after = line.indexOf("\n");
	if (after >= 0) {
		return start + after + 1;
	}
	return line.length < lineLength ? text.length : cutBefore(text, start + lineLength);
}

/** Returns a position up to `end` where a word ends, else one that splits no character. */
function cutBefore(text: string, end: number): number {
	const space = text.lastIndexOf(" ", end - 1);
	if (space > end - MAX_WORD_LENGTH) {
		return space + 1;
	}
	const code = text.charCodeAt(end - 1);
	return code >= 0xd800 && code <= 0xdbff ? end - 1 : end;
}
