import type { Disposable } from "vscode";

/** Owns disposables; `register` on the line that creates, and nothing is forgotten. */
export abstract class DisposableStore implements Disposable {
	readonly #owned: Disposable[] = [];
	#isDisposed = false;

	get isDisposed(): boolean {
		return this.#isDisposed;
	}

	/** Disposes `owned` together with this, last created first; at once if this is gone already. */
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
