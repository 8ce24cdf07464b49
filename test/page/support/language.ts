import type { Page } from "playwright-core";
import chinese from "../../../l10n/bundle.l10n.zh-cn.json";
import german from "../../../l10n/bundle.l10n.de.json";
import bundle from "../../../l10n/bundle.l10n.json";
import { foreign, PSEUDO_LANGUAGE, pseudoStrings } from "../../support/pseudo";
import type { PageLanguage } from "./panelPage";

/** The stand-in language; its dates have no Latin letters, so what has them is ours. */
export const PSEUDO: PageLanguage = {
	name: PSEUDO_LANGUAGE,
	strings: pseudoStrings(bundle),
	dates: "ja-JP",
};

/** The languages that the extension speaks beside English, each with the letters of its words. */
export const TRANSLATIONS: readonly { language: PageLanguage; letters: RegExp }[] = [
	{ language: { name: "de", strings: german, dates: "de-DE" }, letters: /[A-Za-zÄÖÜäöüß]{2}/ },
	{ language: { name: "zh-cn", strings: chinese, dates: "zh-CN" }, letters: /\p{Script=Han}/u },
];

/** The letters of the stand-in language. */
const PSEUDO_LETTERS = /[\u00c0-\u024f\u1e00-\u1eff]/;

/** Properties that hold what people wrote or named. */
const WRITTEN = new Set(
	["text", "name", "topic", "excerpt", "reason", "from", "to"].concat("server", "database"),
);

/** Returns what the host sends with everything that people wrote in other letters than ours. */
export function written<T>(value: T): T {
	if (Array.isArray(value)) {
		return value.map((one: unknown) => written(one)) as T;
	}
	if (typeof value !== "object" || value === null) {
		return value;
	}
	const entries = Object.entries(value).map(([key, inner]: [string, unknown]) => [
		key,
		typeof inner === "string" && WRITTEN.has(key) ? foreign(inner) : written(inner),
	]);
	return Object.fromEntries(entries) as T;
}

/** Returns every text of the page that a person may read or hear and that has English words in it. */
export async function englishIn(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const said = [...document.querySelectorAll<HTMLElement>("body, body *")]
			.filter(
				(element) =>
					element.checkVisibility({ visibilityProperty: true }) &&
					!/^(?:SCRIPT|STYLE)$/.test(element.tagName),
			)
			.flatMap((element) => [
				...[...element.childNodes].map((node) => (node.nodeType === 3 ? node.nodeValue : "")),
				...["aria-label", "aria-description", "aria-roledescription", "aria-valuetext"]
					.concat("title", "placeholder", "alt")
					.map((name) => element.getAttribute(name)),
			]);
		const english = said.filter((text) => {
			const rest = (text ?? "")
				// Identities and commands are the same in every language, and names of products.
				.replace(/[0-9a-f]{6}…[0-9a-f]{2}|[0-9a-f]{64}|\/[a-z]+|SpacetimeDB|VS Code/g, "");
			return /[A-Za-z]{2,}/.test(rest);
		});
		return [...new Set(english.map((text) => (text ?? "").trim()))];
	});
}

/**
 * Returns every text of ours that is wider or higher than what holds it: what cuts it, and the text. A
 * text that ends in dots is in order if it is whole in a title. What people wrote has other letters than
 * ours, and is not looked at.
 */
export async function cutIn(page: Page, letters = PSEUDO_LETTERS): Promise<string[]> {
	return page.evaluate((ours) => {
		const found = new Set<string>();
		const note = (text: string, holder: Element) => {
			const { localName, className } = holder.closest("[class]") ?? holder;
			found.add(`${localName}.${className}: ${text.trim().replace(/\s+/g, " ")}`);
		};
		/** Looks from a text outwards at everything that may hide a part of it. */
		const look = (node: Node, start: HTMLElement) => {
			const range = document.createRange();
			range.selectNodeContents(node);
			const { right, bottom, width } = range.getBoundingClientRect();
			const text = node.nodeValue ?? "";
			if (width === 0) {
				return;
			}
			let isScrolled = false;
			for (let holder: Element | null = start; holder !== null; holder = holder.parentElement) {
				const { overflowX, overflowY, textOverflow, display } = getComputedStyle(holder);
				const title = holder.closest("[title]")?.getAttribute("title") ?? "";
				const isTitled = textOverflow === "ellipsis" && title.includes(text.trim());
				const box = holder.getBoundingClientRect();
				// A text of one pixel's width is there for screen readers.
				const isHeard = overflowX !== "visible" && box.width <= 1;
				if (/auto|scroll/.test(overflowX) || isTitled || isHeard) {
					return;
				}
				const isHeld = /hidden|clip/.test(overflowX) || (holder === start && display !== "inline");
				isScrolled ||= /auto|scroll/.test(overflowY);
				const isLow = !isScrolled && /hidden|clip/.test(overflowY) && bottom > box.bottom + 1;
				if (isLow || (isHeld && right > box.right + 1)) {
					note(text, start);
					return;
				}
			}
			if (right > innerWidth + 1) {
				note(text, start);
			}
		};
		for (const element of document.querySelectorAll<HTMLElement>("#app *")) {
			const isHeard = element.closest(".spoken, svg, .codicon") !== null;
			if (isHeard || !element.checkVisibility({ visibilityProperty: true })) {
				continue;
			}
			if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) {
				const { value, placeholder } = element;
				if (value === "" && placeholder !== "") {
					element.value = placeholder;
					const right = element.scrollWidth - element.clientWidth;
					const down = element.scrollHeight - element.clientHeight;
					element.value = "";
					if (right > 1 || (down > 1 && element.localName === "textarea")) {
						note(placeholder, element);
					}
				}
				continue;
			}
			for (const node of element.childNodes) {
				if (node.nodeType === Node.TEXT_NODE && ours.test(node.nodeValue ?? "")) {
					look(node, element);
				}
			}
		}
		return [...found];
	}, letters);
}
