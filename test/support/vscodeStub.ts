/*
 * The part of the `vscode` module that the host's pure parts need outside a workbench. Tests of the user
 * interface run in a real one.
 */
type Listener<T> = (event: T) => void;

export class EventEmitter<T> {
	/** The number of listeners of all emitters, for tests that count them. */
	static listenerCount = 0;
	readonly #listeners = new Set<Listener<T>>();

	readonly event = (listener: Listener<T>) => {
		this.#listeners.add(listener);
		EventEmitter.listenerCount++;
		return {
			dispose: () => {
				EventEmitter.listenerCount -= this.#listeners.delete(listener) ? 1 : 0;
			},
		};
	};

	fire(event: T): void {
		for (const listener of [...this.#listeners]) {
			listener(event);
		}
	}

	dispose(): void {
		EventEmitter.listenerCount -= this.#listeners.size;
		this.#listeners.clear();
	}
}

export const env = { language: "en" };

export const l10n = {
	t: (message: string, ...values: unknown[]) =>
		message.replace(/\{(\d+)\}/g, (_match, index: string) => String(values[Number(index)])),
};

/** A person who answers no question, unless a test does. */
export const window = {
	showWarningMessage: (
		_question: string,
		_options: unknown,
		_yes: string,
	): Promise<string | undefined> => Promise.resolve(undefined),
};
