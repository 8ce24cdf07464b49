import { l10n, window } from "vscode";
import type { Log } from "./log";

/** Something a person asked for that could not be done, with a sentence made for them. */
export class Refusal extends Error {}

/**
 * Tells a failed wish: the log gets the stack, the person a sentence and the way to the log.
 *
 * @param what the wish as it follows "Could not", for example "set the name"
 */
export function reportFailure(log: Log, what: string, error: unknown): void {
	if (error instanceof Refusal) {
		void window.showErrorMessage(plain(error.message));
		return;
	}
	log.error(`Could not ${what}`, error);
	const showLog = l10n.t("Show Log");
	void window
		.showErrorMessage(l10n.t("Could not {0}. The log has the details.", what), showLog)
		.then((choice) => {
			if (choice === showLog) {
				log.show();
			}
		});
}

/**
 * Notifications and the prompts of input boxes turn `[text](target)` into a link, commands among them;
 * words from a server or a person must stay words.
 */
export function plain(text: string): string {
	return text.replace(/\]\(/g, "] (").replace(/\s+/g, " ");
}
