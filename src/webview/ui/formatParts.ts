/**
 * Replaces `{0}`, `{1}` and so on in a localised sentence by elements. A translator may move a name, and
 * the name can still be an element of its own.
 */
export function formatParts(sentence: string, ...parts: readonly unknown[]): unknown[] {
	return sentence
		.split(/\{(\d+)\}/u)
		.map((piece, index) => (index % 2 === 0 ? piece : (parts[Number(piece)] ?? "")));
}
