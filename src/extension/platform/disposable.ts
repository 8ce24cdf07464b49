import type { Disposable } from "vscode";

/** Owns disposables. Call `register` on the line that creates one. */
export abstract class DisposableStore implements Disposable {
	readonly #owned: Disposable[] = [];
	#isDisposed = false;

	get isDisposed(): boolean {
		return this.#isDisposed;
	}

	/** Disposes `owned` with the store, last created first; at once if the store is disposed already. */
	protected register<T extends Disposable>(owned: T): T {
		if (this.#isDisposed) {
			owned.dispose();
		} else {
			this.#owned.push(owned);
		}
		return owned;
	}

	dispose(): void {
		this.#isDisposed = true;
		for (const owned of this.#owned.splice(0).reverse()) {
			owned.dispose();
		}
	}
}
