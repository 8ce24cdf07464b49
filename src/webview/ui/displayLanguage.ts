/** The language of a page that names none, or none that Intl knows. */
const FALLBACK = "en";

let known: { readonly lang: string; readonly locale: string } | undefined;

/** Returns the display language of VS Code as a BCP 47 tag that Intl accepts. */
export function displayLanguage(): string {
	const { lang } = document.documentElement;
	if (known?.lang !== lang) {
		known = { lang, locale: lang === "" || !isTag(lang) ? FALLBACK : lang };
	}
	return known.locale;
}

function isTag(lang: string): boolean {
	try {
		return Intl.getCanonicalLocales(lang).length === 1;
	} catch {
		return false;
	}
}
