/**
 * Moves the content of the log down by a fraction of a pixel. A scroll position is a whole number of
 * device pixels and the height of a line is not, so scrolling alone can't restore a line exactly. It uses
 * a rule of a style sheet, since the page's policy forbids styles in elements.
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

	/** The present offset, in CSS pixels. */
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
