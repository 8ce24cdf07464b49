/** One whole sentence for each plural form of a language; a form that is missing falls back to `other`. */
export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };

const rulesOf = new Map<string, Intl.PluralRules>();

/** Returns the sentence for a number in a language; `locale` is a BCP 47 tag. */
export function plural(count: number, forms: PluralForms, locale = "en"): string {
	let rules = rulesOf.get(locale);
	if (rules === undefined) {
		rules = new Intl.PluralRules(locale);
		rulesOf.set(locale, rules);
	}
	return forms[rules.select(count)] ?? forms.other;
}
