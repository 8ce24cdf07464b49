/**
 * The parts of a localised sentence with `parts` in the places of `{0}`, `{1}` and so on, for lit.
 * So a translator may move a name, and a name can still be an element of its own.
 */
export function formatParts(sentence: string, ...parts: readonly unknown[]): unknown[] {
	return sentence
		.split(/\{(\d+)\}/u)
		.map((piece, index) => (index % 2 === 0 ? piece : (parts[Number(piece)] ?? "")));
}
