/*
 * What keeps any text from holding up the view. Measured in Chromium 156 on one slow core: laying out
 * 2,000 letters takes 4 ms at most whatever they are, but for combining marks on one letter (18 ms, and
 * four times that for twice as many); 16,000 letters may take 40 ms, a million half a second.
 */

/** A message of more than this is folded to its beginning … */
const MAX_OPEN_LENGTH = 4_000;
const MAX_OPEN_LINES = 80;
/** … of at most this. */
const FOLDED_LENGTH = 1_500;
const FOLDED_LINES = 20;
/** Texts beyond this are shown as they were typed, even when they are opened. */
const MAX_MARKED_LENGTH = 8 * 1024;
const MAX_MARKED_LINES = 600;
/** Each address is taken apart and looked at, and becomes an element. */
const MAX_ADDRESSES = 150;
/** What is laid out at a time; less where marks are piled up. */
const PIECE_LENGTH = 2_000;
const PILED_LENGTH = 500;
/** More marks on one letter than any script has. */
const PILED_MARKS = /\p{M}{100}/u;
/** How far back a place to cut is looked for. */
const MAX_WORD_LENGTH = 200;

/** Whether only the beginning of a message is shown until somebody asks for the rest. */
export function isFolded(text: string): boolean {
	return text.length > MAX_OPEN_LENGTH || hasMoreLines(text, MAX_OPEN_LINES) || isPiled(text);
}

/** Whether a text may be read as Markdown in one go. */
export function isMarkable(text: string): boolean {
	return (
		text.length <= MAX_MARKED_LENGTH &&
		text.split("://", MAX_ADDRESSES + 2).length <= MAX_ADDRESSES + 1 &&
		!hasMoreLines(text, MAX_MARKED_LINES) &&
		!isPiled(text)
	);
}

/** Whether marks are piled on one letter, which takes a time that grows with their square. */
export function isPiled(text: string): boolean {
	return PILED_MARKS.test(text);
}

/** Whether there are more than `max` lines; looks no further than it must. */
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

/** The beginning of a text: whole lines and words where that is possible. */
export function roomBeginningOf(text: string): string {
	const most = isPiled(text) ? PILED_LENGTH : FOLDED_LENGTH;
	if (text.length <= most && !hasMoreLines(text, FOLDED_LINES)) {
		return text;
	}
	const lines = text.slice(0, most).split("\n");
	if (lines.length > FOLDED_LINES) {
		return lines.slice(0, FOLDED_LINES).join("\n");
	}
	// The last line is cut, and a long one is more than nothing.
	const whole = lines.slice(0, -1).join("\n");
	return whole.length > most / 4 ? whole : text.slice(0, cutBefore(text, most));
}

/**
 * A text in pieces that can each be laid out at once; together they are the text. They end where a line
 * ends, and a line of more than `lineLength` is broken.
 */
export function* piecesOf(text: string, lineLength = PIECE_LENGTH): Generator<string, void> {
	const [most, longest] = isPiled(text) ? [PILED_LENGTH, PILED_LENGTH] : [PIECE_LENGTH, lineLength];
	for (let start = 0; start < text.length;) {
		const end = pieceEnd(text, start, most, longest);
		yield text.slice(start, end);
		start = end;
	}
}

/** The whole of a text that is nothing but one block of code; `undefined` for any other. */
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

/** A place at or before `end` where a word ends, else where at least no character is cut in two. */
function cutBefore(text: string, end: number): number {
	const space = text.lastIndexOf(" ", end - 1);
	if (space > end - MAX_WORD_LENGTH) {
		return space + 1;
	}
	const code = text.charCodeAt(end - 1);
	return code >= 0xd800 && code <= 0xdbff ? end - 1 : end;
}
