import type MarkdownIt from "markdown-it";

type Parser = InstanceType<typeof MarkdownIt>;
type InlineRule = Parameters<Parser["inline"]["ruler"]["push"]>[1];

/** The scheme before the colon; no letter or other character of a scheme stands before it. */
const SCHEME = /(?<![a-z0-9.+-])https?$/iu;
const REST = /^:\/\/[^\s<>"`|\\\p{Cc}]+/u;
/** Characters that end a sentence and no address, with the marks of emphasis. */
const TRAILING = /[.,;:!?'*_~…]$/u;
const PAIRS: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/**
 * Makes links of bare `http` and `https` addresses, and of nothing else: "main.rs" and "a.b" are no
 * addresses. It replaces markdown-it's own rule, which needs a package of 16 KB to guess others.
 */
export const autolink: InlineRule = (state, silent) => {
	const { pos, src, pending } = state;
	if (src.charAt(pos) !== ":" || state.linkLevel > 0) {
		return false;
	}
	const scheme = SCHEME.exec(pending)?.[0] ?? "";
	const rest = withoutTail(REST.exec(src.slice(pos, state.posMax))?.[0] ?? "");
	const address = scheme + rest;
	if (scheme === "" || rest === "" || !state.md.validateLink(address)) {
		return false;
	}
	if (!silent) {
		state.pending = pending.slice(0, -scheme.length);
		state.push("link_open", "a", 1).attrs = [["href", address]];
		state.push("text", "", 0).content = address;
		state.push("link_close", "a", -1);
	}
	state.pos += rest.length;
	return true;
};

/** Returns an address without the punctuation of the sentence around it. */
function withoutTail(address: string): string {
	let end = address.length;
	for (;;) {
		const rest = address.slice(0, end);
		const last = rest.charAt(end - 1);
		const opening = PAIRS[last];
		const isUnpaired =
			opening !== undefined && rest.split(last).length > rest.split(opening).length;
		if (!isUnpaired && !TRAILING.test(last)) {
			return rest;
		}
		end--;
	}
}
