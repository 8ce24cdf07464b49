/** The meaning of a text typed into the composer. */
export type ComposerInput =
	| { readonly kind: "message"; readonly text: string }
	| { readonly kind: "name"; readonly name: string }
	| { readonly kind: "help" }
	| { readonly kind: "unknownCommand"; readonly word: string };

/**
 * Reads a line as the terminal client does: `/name X` sets the name, any other line is a message.
 * Beyond that `/help` helps, another `/word` is told apart from a message so that a typing error is
 * not published, and `//` at the start sends a literal slash.
 */
export function readComposerInput(text: string): ComposerInput {
	if (!text.startsWith("/")) {
		return { kind: "message", text };
	}
	if (text.startsWith("//")) {
		return { kind: "message", text: text.slice(1) };
	}
	const [, word = "", rest = ""] = /^\/(\S*)\s*([\s\S]*)$/u.exec(text) ?? [];
	switch (word) {
		case "name":
			return { kind: "name", name: rest };
		case "help":
			return { kind: "help" };
		default:
			return { kind: "unknownCommand", word: `/${word}` };
	}
}
