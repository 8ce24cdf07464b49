/** The used parts of the toolkit's text area. */
interface TextArea extends HTMLElement {
	value?: string;
	/** The native text area, once the element is upgraded. */
	control?: HTMLTextAreaElement;
}

/** The toolkit's text area with its caret. */
export class Field {
	readonly #element: TextArea;

	constructor(root: HTMLElement, label: string) {
		const element = root.querySelector<TextArea>("vscode-text-area");
		if (element === null) {
			throw new Error("The composer has no text area.");
		}
		this.#element = element;
		// The toolkit sets "Text area" when the element is connected, so this line must come later.
		element.setAttribute("aria-label", label);
	}

	get text(): string {
		return this.#element.value ?? "";
	}

	set text(text: string) {
		if (this.text !== text) {
			this.#element.value = text;
		}
		// The toolkit passes a value on in the next frame; an earlier key press would restore the old one.
		if (this.control !== undefined && this.control.value !== text) {
			this.control.value = text;
		}
	}

	get control(): HTMLTextAreaElement | undefined {
		return this.#element.control;
	}

	/** The position of the caret; `undefined` while text is selected. */
	get caret(): number | undefined {
		const { control } = this;
		return control?.selectionStart === control?.selectionEnd ? control?.selectionStart : undefined;
	}

	moveCaret(at: number): void {
		this.control?.setSelectionRange(at, at);
	}

	focus(): void {
		this.#element.focus();
	}
}
