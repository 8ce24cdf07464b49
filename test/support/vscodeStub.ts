/*
 * As much of the `vscode` module as the host's pure parts need outside a workbench. What is shown to a
 * person is tested in a real one.
 */
type Listener<T> = (event: T) => void;

export class EventEmitter<T> {
	readonly #listeners = new Set<Listener<T>>();

	readonly event = (listener: Listener<T>) => {
		this.#listeners.add(listener);
		return { dispose: () => this.#listeners.delete(listener) };
	};

	fire(event: T): void {
		for (const listener of [...this.#listeners]) {
			listener(event);
		}
	}

	dispose(): void {
		this.#listeners.clear();
	}

	/** For tests that count. */
	get listenerCount(): number {
		return this.#listeners.size;
	}
}

export const l10n = {
	t: (message: string, ...values: unknown[]) =>
		message.replace(/\{(\d+)\}/g, (_match, index: string) => String(values[Number(index)])),
};
