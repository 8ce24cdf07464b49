import type { Event } from "vscode";
import { EventEmitter, window } from "vscode";
import { DisposableStore } from "../platform/disposable";

/**
 * Whether somebody is at this window. The panel's own word counts beside VS Code's: a window in a browser
 * that gets the focus back in a panel is not told so (VS Code 1.139).
 */
export class Attention extends DisposableStore {
	readonly #onDidReturn = this.register(new EventEmitter<void>());
	/** Somebody came back to the window. */
	readonly onDidReturn: Event<void> = this.#onDidReturn.event;
	#isInPanel = false;
	#wasHere: boolean;

	constructor() {
		super();
		this.#wasHere = this.isHere;
		this.register(window.onDidChangeWindowState(() => this.#look()));
	}

	get isHere(): boolean {
		return window.state.focused || this.#isInPanel;
	}

	/** The panel has got the focus, or has it no more. */
	panelFocused(isInPanel: boolean): void {
		this.#isInPanel = isInPanel;
		this.#look();
	}

	#look(): void {
		const { isHere } = this;
		if (isHere !== this.#wasHere) {
			this.#wasHere = isHere;
			if (isHere) {
				this.#onDidReturn.fire();
			}
		}
	}
}
