/**
 * Moves the log's content down by a fraction of a pixel. A scroll position is whole device pixels and a
 * line's height is not, so without this a line could not be put back just where it was. A rule of a
 * sheet, since the page's policy knows no styles in elements.
 */
export class SubpixelOffset {
	readonly #style: CSSStyleDeclaration | undefined;
	#px = 0;

	constructor() {
		const sheet = new CSSStyleSheet();
		sheet.insertRule(".log > .log-content { padding-top: 0 }");
		const rule = sheet.cssRules[0];
		this.#style = rule instanceof CSSStyleRule ? rule.style : undefined;
		document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
	}

	/** How far the content is moved now, in CSS pixels. */
	get px(): number {
		return this.#px;
	}

	set px(px: number) {
		if (px !== this.#px) {
			this.#px = px;
			if (this.#style !== undefined) {
				this.#style.paddingTop = `${px}px`;
			}
		}
	}
}
