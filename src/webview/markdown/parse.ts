import MarkdownIt from "markdown-it";
import { autolink } from "./autolink";
import { isMarkable, wholeFence } from "./fold";
import { linkTarget } from "./links";

type Parser = InstanceType<typeof MarkdownIt>;
type Token = ReturnType<Parser["parse"]>[number];

/** A node of a message. Unknown Markdown becomes text. */
export type Node =
	| { readonly kind: "text" | "code"; readonly text: string }
	| { readonly kind: "break" }
	| { readonly kind: "fence"; readonly language: string; readonly text: string }
	| { readonly kind: "link"; readonly href: string; readonly children: readonly Node[] }
	| { readonly kind: "orderedList"; readonly start: number; readonly children: readonly Node[] }
	| { readonly kind: BoxKind; readonly children: readonly Node[] };

type BoxKind = "paragraph" | "tight" | "quote" | "list" | "item" | "strong" | "em" | "strike";

const BOXES: ReadonlyMap<string, BoxKind> = new Map([
	["paragraph_open", "paragraph"],
	["blockquote_open", "quote"],
	["bullet_list_open", "list"],
	["list_item_open", "item"],
	["strong_open", "strong"],
	["em_open", "em"],
	["s_open", "strike"],
]);

/** The rules of markdown-it in use. Headings, tables, rules, HTML and definitions stay plain text. */
const RULES = [
	...["fence", "blockquote", "list"],
	...["newline", "escape", "backticks", "strikethrough", "emphasis", "link", "autolink", "image"],
];

/** The deepest nesting. Deeper texts are shown as typed. */
const MAX_NESTING = 20;
/** The most opening brackets. More make the link rule slow, and such texts are shown as typed. */
const MAX_BRACKETS = 500;
/** The most cached messages: twice the number that a log holds. */
const MAX_CACHED = 800;

const parser = makeParser();
const cache = new Map<string, { readonly text: string; readonly nodes: readonly Node[] }>();

/** Returns the nodes of a message, cached by its key. Never throws. */
export function parseMessage(key: string, text: string): readonly Node[] {
	const known = cache.get(key);
	if (known?.text === text) {
		return known.nodes;
	}
	const nodes = parse(text);
	cache.delete(key);
	cache.set(key, { text, nodes });
	for (const oldest of cache.keys()) {
		if (cache.size <= MAX_CACHED) {
			break;
		}
		cache.delete(oldest);
	}
	return nodes;
}

/** Returns the nodes of a text; a text that can't be read as Markdown is one paragraph. */
export function parse(text: string): readonly Node[] {
	try {
		const fence = wholeFence(text);
		if (fence !== undefined) {
			// The parser would read each of a hundred thousand lines.
			return [{ kind: "fence", ...fence }];
		}
		if (isTooTangled(text)) {
			return plain(text);
		}
		const tokens = parser.parse(text, {});
		// The parser drops content that is nested too deeply; no text may be dropped.
		return tokens.some((token) => token.level >= MAX_NESTING - 1) ? plain(text) : toNodes(tokens);
	} catch {
		return plain(text);
	}
}

function plain(text: string): readonly Node[] {
	return [{ kind: "paragraph", children: withBreaks(text) }];
}

function withBreaks(text: string): readonly Node[] {
	return text
		.split("\n")
		.flatMap((line, index): Node[] =>
			index === 0
				? [{ kind: "text", text: line }]
				: [{ kind: "break" }, { kind: "text", text: line }],
		);
}

function isTooTangled(text: string): boolean {
	return !isMarkable(text) || text.split("[", MAX_BRACKETS + 1).length > MAX_BRACKETS;
}

function makeParser(): Parser {
	const made = new MarkdownIt("zero", {
		html: false,
		breaks: true,
		maxNesting: MAX_NESTING,
	});
	made.enable(RULES);
	// Addresses stay as typed for the reader; links.ts normalises the target.
	made.normalizeLink = (href: string) => href;
	made.normalizeLinkText = (text: string) => text;
	made.validateLink = (href: string) => linkTarget(href) !== undefined;
	made.inline.ruler.after("newline", "address", autolink);
	return made;
}

/** Builds a tree from the flat tokens. */
function toNodes(tokens: readonly Token[]): readonly Node[] {
	const root: Node[] = [];
	const open: Node[][] = [root];
	for (const token of tokens) {
		const siblings = open.at(-1) ?? root;
		if (token.nesting === 1) {
			const children: Node[] = [];
			siblings.push(toBox(token, children));
			open.push(children);
		} else if (token.nesting === -1) {
			open.pop();
		} else {
			siblings.push(...toLeaves(token));
		}
	}
	return root;
}

function toBox(token: Token, children: readonly Node[]): Node {
	if (token.type === "link_open") {
		return { kind: "link", href: attribute(token, "href"), children };
	}
	if (token.type === "ordered_list_open") {
		return { kind: "orderedList", start: Number(token.attrGet("start") ?? 1), children };
	}
	return { kind: token.hidden ? "tight" : (BOXES.get(token.type) ?? "tight"), children };
}

function toLeaves(token: Token): readonly Node[] {
	switch (token.type) {
		case "inline":
			return toNodes(token.children ?? []);
		case "softbreak":
		case "hardbreak":
			return [{ kind: "break" }];
		case "code_inline":
			return [{ kind: "code", text: token.content }];
		case "fence":
			return [
				{
					kind: "fence",
					language: token.info.trim().split(/\s+/u)[0] ?? "",
					text: token.content.replace(/\n$/u, ""),
				},
			];
		case "image":
			// A picture is never loaded: its source text is shown.
			return [{ kind: "text", text: `![${token.content}](${attribute(token, "src")})` }];
		default:
			return [{ kind: "text", text: token.content }];
	}
}

function attribute(token: Token, name: string): string {
	return String(token.attrGet(name) ?? "");
}
