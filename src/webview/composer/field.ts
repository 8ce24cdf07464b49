/** The parts of the toolkit's text area that are used here. */
interface TextArea extends HTMLElement {
	value?: string;
	/** The native text area inside, once the element is upgraded. */
	control?: HTMLTextAreaElement;
}

/** The box that one types into: the toolkit's text area, with a caret. */
export class Field {
	readonly #element: TextArea;

	constructor(root: HTMLElement, label: string) {
		const element = root.querySelector<TextArea>("vscode-text-area");
		if (element === null) {
			throw new Error("The composer has no text area.");
		}
		this.#element = element;
		// The toolkit sets "Text area" when the element is connected, so this comes after.
		element.setAttribute("aria-label", label);
	}

	get text(): string {
		return this.#element.value ?? "";
	}

	set text(text: string) {
		if (this.text !== text) {
			this.#element.value = text;
		}
		// The toolkit passes a value on in the next frame; a key pressed before would bring the old one
		// back.
		if (this.control !== undefined && this.control.value !== text) {
			this.control.value = text;
		}
	}

	get control(): HTMLTextAreaElement | undefined {
		return this.#element.control;
	}

	/** Where the next letter goes; `undefined` while a part of the text is selected. */
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
