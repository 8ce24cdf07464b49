import { displayLanguage } from "./displayLanguage";

let cached: { readonly locale: string; readonly collator: Intl.Collator } | undefined;

/** Compares two names in the order of the display language; numbers by value, cases alike. */
export function compareNames(a: string, b: string): number {
	const locale = displayLanguage();
	if (cached?.locale !== locale) {
		const collator = new Intl.Collator(locale, { numeric: true, sensitivity: "base" });
		cached = { locale, collator };
	}
	return cached.collator.compare(a, b);
}
