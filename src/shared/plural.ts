/** Returns the form of a phrase that a language uses for a count. The forms are translated already. */
export function plural(
	count: number,
	forms: { one: string; other: string },
	locale: string,
): string {
	return new Intl.PluralRules(locale).select(count) === "one" ? forms.one : forms.other;
}
