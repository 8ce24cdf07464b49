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

/** Translates a sentence: the `l10n` of VS Code in the host, of `@vscode/l10n` in the view. */
export interface Translator {
	t(message: string, ...args: string[]): string;
}

/** Returns the sentence that answers `/help`. */
export function helpText(l10n: Translator): string {
	return l10n.t(
		"/name and a name sets your name. /help shows this. Start with // to send a slash. **bold**, *italic*, `code` and ``` blocks are understood.",
	);
}

/** Returns the sentence that refuses a `/word` that is no command. */
export function unknownCommandText(l10n: Translator, word: string): string {
	return l10n.t("There is no {0}. /help lists the commands; start with // to send a slash.", word);
}
