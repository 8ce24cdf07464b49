// Finds the prose in a file of the repository: its comments, test names and the sentences that a person
// reads. Code is no prose, and neither is a quoted piece of code (`like this`).

import ts from "typescript";

/**
 * A piece of prose. `text` is the file's own text with markers and quoted code blanked, so an offset in
 * `text` plus `start` is an offset in the file.
 * @typedef {{ kind: "comment" | "document" | "test name" | "sentence", start: number, text: string }} Prose
 */

const TEST_CALL = /^(test|it|describe|suite)([A-Z]\w*)?$/;
const TRANSLATE_CALL = /^t$/;
const TRANSLATIONS = /^(package\.nls|l10n\/bundle\.l10n)[^/]*\.json$/;
const SLASH_LANGUAGES = /\.(ts|mts|js|mjs|cjs)$/;

/** Replaces matches by as many blanks, so that offsets and lines stay. @param {string} text @param {RegExp} pattern */
function blank(text, pattern) {
	return text.replace(pattern, (found) => found.replace(/[^\n]/g, " "));
}

/** @param {string} text a comment with its markers */
function commentProse(text) {
	let prose = blank(text, /^\/\*[*!]?|\*\/$/g);
	prose = blank(prose, /^[ \t]*(\/\/[/!]?|\*(?!\/))/gm);
	prose = blank(prose, /`[^`\n]*`|\{@link[^}]*\}/g);
	// The type and the name in a tag are code: `@param {string} name`.
	return blank(
		prose,
		/(?<=@)((param|property|callback|template|typedef)\s+(\{[^}]*\}\s*)?\[?[\w$.]+|\w+\s+\{[^}]*\})/g,
	);
}

/** Joins line comments that stand alone on adjacent lines. @param {string} file @param {{ pos: number, end: number }[]} ranges */
function joinLines(file, ranges) {
	/** @type {{ pos: number, end: number }[]} */
	const joined = [];
	let previousIsLine = false;
	for (const range of ranges) {
		const last = joined.at(-1);
		const lineStart = file.lastIndexOf("\n", range.pos - 1) + 1;
		const isAlone = file.slice(lineStart, range.pos).trim() === "";
		const isLine = file.startsWith("//", range.pos) && isAlone;
		const follows = last && /^[ \t]*\r?\n[ \t]*$/.test(file.slice(last.end, range.pos));
		const sameMarker = last && marker(file, last.pos) === marker(file, range.pos);
		if (last && isLine && previousIsLine && follows && sameMarker) {
			last.end = range.end;
		} else {
			joined.push({ ...range });
		}
		previousIsLine = isLine;
	}
	return joined;
}

/** @param {string} file @param {number} at */
function marker(file, at) {
	return /^\/\/[/!]?/.exec(file.slice(at, at + 3))?.[0];
}

/** @param {string} file @param {{ pos: number, end: number }[]} ranges @returns {Prose[]} */
function commentsOf(file, ranges) {
	return joinLines(file, ranges).map(({ pos, end }) => ({
		kind: "comment",
		start: pos,
		text: commentProse(file.slice(pos, end)),
	}));
}

/** @param {ts.Expression} callee @returns {string} the name that is called: "t" for `l10n.t`, "test" for `test.each(…)` */
function calledName(callee) {
	if (ts.isIdentifier(callee)) {
		return callee.text;
	}
	if (ts.isPropertyAccessExpression(callee)) {
		const name = callee.name.text;
		return name === "t" ? name : calledName(callee.expression);
	}
	return ts.isCallExpression(callee) ? calledName(callee.expression) : "";
}

/** @param {string} path @param {string} file @returns {Prose[]} */
function proseOfScript(path, file) {
	const source = ts.createSourceFile(path, file, ts.ScriptTarget.Latest, true);
	/** @type {Map<number, { pos: number, end: number }>} */
	const comments = new Map();
	/** @type {Map<number, Prose>} */
	const strings = new Map();

	/** @param {ts.Node} node @param {Prose["kind"]} kind */
	const takeStrings = (node, kind) => {
		if (
			ts.isStringLiteralLike(node) ||
			ts.isTemplateHead(node) ||
			ts.isTemplateMiddleOrTemplateTail(node)
		) {
			const start = node.getStart(source);
			strings.set(start, {
				kind,
				start,
				text: blank(file.slice(start, node.end), /`[^`\n]+`(?!$)/g),
			});
		}
		ts.forEachChild(node, (child) => takeStrings(child, kind));
	};

	/** @param {ts.Node} node */
	const visit = (node) => {
		if (node.kind >= ts.SyntaxKind.FirstJSDocNode && node.kind <= ts.SyntaxKind.LastJSDocNode) {
			return;
		}
		if (ts.isCallExpression(node)) {
			const name = calledName(node.expression);
			if (TRANSLATE_CALL.test(name)) {
				node.arguments.forEach((argument) => takeStrings(argument, "sentence"));
			} else if (TEST_CALL.test(name) && path.startsWith("test/")) {
				// The array of `test.each([…])` has cases, no name.
				const names = node.arguments
					.slice(0, 1)
					.filter((name) => !ts.isArrayLiteralExpression(name));
				names.forEach((name) => takeStrings(name, "test name"));
			}
		}
		const children = node.getChildren(source);
		if (children.length === 0) {
			const found = [
				...(ts.getTrailingCommentRanges(file, node.pos) ?? []),
				...(ts.getLeadingCommentRanges(file, node.pos) ?? []),
			];
			found.forEach(({ pos, end }) => comments.set(pos, { pos, end }));
		}
		children.forEach(visit);
	};
	visit(source);
	const ranges = [...comments.values()].sort((a, b) => a.pos - b.pos);
	return [...commentsOf(file, ranges), ...strings.values()];
}

/** @param {string} path @param {string} file @returns {Prose[]} the texts of a translation file, not its keys */
function proseOfJson(path, file) {
	const source = ts.parseJsonText(path, file);
	/** @type {Prose[]} */
	const found = [];
	/** @param {ts.Node} node */
	const visit = (node) => {
		if (ts.isPropertyAssignment(node) && ts.isStringLiteral(node.initializer)) {
			const start = node.initializer.getStart(source);
			found.push({ kind: "sentence", start, text: file.slice(start, node.initializer.end) });
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}

/** The tokens of Rust that matter here: comments, strings, and a char that could be taken for a string. */
const RUST_TOKEN =
	/\/\/[^\n]*|\/\*|\bb?r(#*)"|b?"(?:[^"\\]|\\[^])*"|b?'(?:[^'\\\n]|\\(?:x[0-9a-fA-F]{2}|u\{[^}]*\}|[^xu\n]))'/g;

/** @param {string} file @param {number} at @returns {number} the end of a block comment, which may hold others */
function rustBlockEnd(file, at) {
	const edge = /\/\*|\*\//g;
	edge.lastIndex = at;
	let depth = 0;
	for (let found = edge.exec(file); found; found = edge.exec(file)) {
		depth += found[0] === "/*" ? 1 : -1;
		if (depth === 0) {
			return edge.lastIndex;
		}
	}
	return file.length;
}

/** @param {string} file @returns {Prose[]} comments, and strings that hold more than one word */
function proseOfRust(file) {
	/** @type {{ pos: number, end: number }[]} */
	const comments = [];
	/** @type {Prose[]} */
	const strings = [];
	const token = new RegExp(RUST_TOKEN);
	for (let found = token.exec(file); found; found = token.exec(file)) {
		const pos = found.index;
		const [text, hashes] = found;
		if (text.startsWith("//")) {
			comments.push({ pos, end: token.lastIndex });
		} else if (text === "/*") {
			token.lastIndex = rustBlockEnd(file, pos);
			comments.push({ pos, end: token.lastIndex });
		} else if (!text.includes("'")) {
			if (hashes !== undefined) {
				const close = file.indexOf(`"${hashes}`, token.lastIndex);
				token.lastIndex = close < 0 ? file.length : close + 1 + hashes.length;
			}
			strings.push({ kind: "sentence", start: pos, text: file.slice(pos, token.lastIndex) });
		} else if (text.includes('"') && text.length > 4) {
			strings.push({ kind: "sentence", start: pos, text });
		}
	}
	return [...commentsOf(file, comments), ...strings.filter(({ text }) => /\S\s+\S/.test(text))];
}

/** @param {string} file @returns {Prose[]} */
function proseOfCss(file) {
	const token = /\/\*[^]*?(?:\*\/|$)|"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])*'/g;
	const comments = [...file.matchAll(token)].filter(([text]) => text.startsWith("/*"));
	return commentsOf(
		file,
		comments.map(({ index, 0: text }) => ({ pos: index, end: index + text.length })),
	);
}

/** @param {string} file @returns {Prose[]} a document without its code and its addresses */
function proseOfMarkdown(file) {
	let text = blank(file, /^[ \t]*(```|~~~)[^]*?^[ \t]*\1[ \t]*$/gm);
	text = blank(text, /``.+?``|`[^`\n]*`|\]\([^)\s]*\)|<https?:[^>\s]*>/g);
	return [{ kind: "document", start: 0, text }];
}

/** @param {string} path from the checkout, with slashes @param {string} file its text @returns {Prose[]} */
export function proseOf(path, file) {
	if (SLASH_LANGUAGES.test(path)) {
		return proseOfScript(path, file);
	}
	if (path.endsWith(".rs")) {
		return proseOfRust(file);
	}
	if (path.endsWith(".css")) {
		return proseOfCss(file);
	}
	if (path.endsWith(".md")) {
		return proseOfMarkdown(file);
	}
	return TRANSLATIONS.test(path) ? proseOfJson(path, file) : [];
}
