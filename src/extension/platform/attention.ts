import type { Event } from "vscode";
import { EventEmitter, window } from "vscode";
import { DisposableStore } from "./disposable";

/**
 * Knows if a person is at this window. The panel reports its focus too: VS Code in a browser does not
 * report that a window regains the focus in a panel (VS Code 1.139).
 */
export class Attention extends DisposableStore {
	readonly #onDidReturn = this.register(new EventEmitter<void>());
	/** Fires when a person returns to the window. */
	readonly onDidReturn: Event<void> = this.#onDidReturn.event;
	#isInPanel = false;
	#wasHere: boolean;

	constructor() {
		super();
		this.#wasHere = this.isHere;
		this.register(window.onDidChangeWindowState(() => this.#update()));
	}

	get isHere(): boolean {
		return window.state.focused || this.#isInPanel;
	}

	/** Stores if the panel has the focus. */
	panelFocused(isInPanel: boolean): void {
		this.#isInPanel = isInPanel;
		this.#update();
	}

	#update(): void {
		const { isHere } = this;
		if (isHere !== this.#wasHere) {
			this.#wasHere = isHere;
			if (isHere) {
				this.#onDidReturn.fire();
			}
		}
	}
}
