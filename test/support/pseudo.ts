/** The name of the stand-in language: one that VS Code's own makers use, and that nobody speaks. */
export const PSEUDO_LANGUAGE = "qps-ploc";

/** The factor by which a translation may be longer than the English. */
const LONGER = 1.4;
const ACCENTED: Readonly<Record<string, string>> = {
	...letters("abcdefghijklmnopqrstuvwxyz", "áƀćďéƒǵĥíĵķĺḿńóƥʠŕśťúṽŵẋýź"),
	...letters("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "ÁƁĆĎÉƑǴĤÍĴĶĹḾŃÓƤɊŔŚŤÚṼŴẊÝŹ"),
};
/** The parts that every translation keeps: values, icons, code, commands and names of products. */
const KEPT = /\{\d+\}|\$\([\w-]+\)|`[^`]*`|\/\/|\/[a-z]+|SpacetimeDB(?: Chat)?|VS Code|Markdown/g;

/**
 * Returns a stand-in for a translation: in brackets, every letter accented, 40 % longer. The words are
 * what is longer, as in languages that compound them.
 */
export function pseudo(english: string): string {
	let stretched = "";
	let from = 0;
	for (const { 0: kept, index } of english.matchAll(KEPT)) {
		stretched += stretch(english.slice(from, index)) + kept;
		from = index + kept.length;
	}
	return `[${stretched}${stretch(english.slice(from))}]`;
}

/** Returns the stand-in for a bundle of strings. */
export function pseudoStrings(english: Readonly<Record<string, string>>): Record<string, string> {
	return Object.fromEntries(Object.entries(english).map(([key, text]) => [key, pseudo(text)]));
}

/** Returns a text of somebody who writes with other letters than our strings are written with. */
export function foreign(text: string): string {
	return text.replace(/[a-z]/gi, (letter) => CYRILLIC[letter] ?? letter);
}

const CYRILLIC: Readonly<Record<string, string>> = {
	...letters("abcdefghijklmnopqrstuvwxyz", "абвгдежзийклмнопрстуфхцчшщ"),
	...letters("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩ"),
};

function letters(from: string, to: string): Record<string, string> {
	const others = Array.from(to);
	return Object.fromEntries(
		Array.from(from).map((letter, index) => [letter, others[index] ?? letter]),
	);
}

function stretch(text: string): string {
	return text.replace(/[A-Za-z]+/g, (word) => {
		const accented = Array.from(word).map((letter) => ACCENTED[letter] ?? letter);
		const more = Math.ceil(word.length * (LONGER - 1));
		return accented.join("") + (accented.at(-1) ?? "").toLowerCase().repeat(more);
	});
}
