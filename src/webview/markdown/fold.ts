/*
 * What keeps any text from holding up the view. Measured in Chromium 156 on one slow core: laying out
 * 2,000 letters takes 3 ms at most whatever they are, but for combining marks on one letter (18 ms, and
 * four times that for twice as many); 16,000 letters may take 40 ms, a million half a second.
 */

/** A message of more than this is folded to its beginning … */
const MAX_OPEN_LENGTH = 4_000;
const MAX_OPEN_LINES = 80;
/** … of at most this. */
const FOLDED_LENGTH = 1_500;
const FOLDED_LINES = 20;
/** Texts beyond this are shown as they were typed, even when they are opened. */
const MAX_MARKED_LENGTH = 16 * 1024;
const MAX_MARKED_LINES = 600;
/** What is laid out at a time. */
const PIECE_LENGTH = 2_000;
/** More marks on one letter than any script has. */
const PILED_MARKS = /\p{M}{100}/u;

/** How much of a text is shown: all of it, or only the beginning until somebody asks for the rest. */
export function isFolded(text: string): boolean {
	return text.length > MAX_OPEN_LENGTH || hasMoreLines(text, MAX_OPEN_LINES) || isPiled(text);
}

/** Whether a text may be read as Markdown in one go. */
export function isMarkable(text: string): boolean {
	return (
		text.length <= MAX_MARKED_LENGTH && !hasMoreLines(text, MAX_MARKED_LINES) && !isPiled(text)
	);
}

/** Whether marks are piled on one letter, which takes a time that grows with their square. */
export function isPiled(text: string): boolean {
	return PILED_MARKS.test(text);
}

/** The beginning of a text: whole lines and words where that is possible. */
export function beginningOf(text: string): string {
	let end = 0;
	for (let line = 0; line < FOLDED_LINES && end < FOLDED_LENGTH; line++) {
		const next = text.indexOf("\n", end);
		if (next === -1 || next >= FOLDED_LENGTH) {
			end = next === -1 && text.length <= FOLDED_LENGTH ? text.length : end;
			break;
		}
		end = next + 1;
	}
	return text.slice(0, end > FOLDED_LENGTH / 4 ? end : cutBefore(text, FOLDED_LENGTH)).trimEnd();
}

/**
 * A text in pieces that can each be laid out at once; together they are the text. They end with a line
 * where one ends, and a line of more than `lineLength` is broken.
 */
export function* piecesOf(text: string, lineLength = PIECE_LENGTH): Generator<string, void> {
	for (let start = 0; start < text.length;) {
		const end = pieceEnd(text, start, lineLength);
		yield text.slice(start, end);
		start = end;
	}
}

function pieceEnd(text: string, start: number, lineLength: number): number {
	if (start + PIECE_LENGTH >= text.length) {
		return text.length;
	}
	const before = text.lastIndexOf("\n", start + PIECE_LENGTH - 1);
	if (before >= start) {
		return before + 1;
	}
	const line = text.slice(start, start + lineLength);
	const after = line.indexOf("\n");
	return after >= 0
		? start + after + 1
		: line.length < lineLength
			? text.length
			: cutBefore(text, start + lineLength);
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

/** Whether there are more than `max` lines; looks no further than it must. */
export function hasMoreLines(text: string, max: number): boolean {
	let at = -1;
	for (let line = 1; line <= max; line++) {
		at = text.indexOf("\n", at + 1);
		if (at === -1) {
			return false;
		}
	}
	return true;
}

/** A place at or before `end` where a word ends, else where at least no character is cut in two. */
function cutBefore(text: string, end: number): number {
	const space = text.lastIndexOf(" ", end - 1);
	if (space > end - 200 && space > 0) {
		return space + 1;
	}
	const code = text.charCodeAt(end - 1);
	const isHighSurrogate = code >= 0xd800 && code <= 0xdbff;
	return isHighSurrogate ? end - 1 : end;
}
