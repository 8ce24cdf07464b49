import { l10n, window } from "vscode";
import type { Log } from "./log";

/** A request of a person that can't be done. Its message is a whole sentence for that person. */
export class Refusal extends Error {}

/**
 * Reports a failed request. A person reads the message of a `Refusal` alone; for any other error the
 * stack goes to the log, and the person gets `sentence` and a button that opens the log.
 *
 * @param sentence whole sentence that names the request, for example "Could not set the name."
 */
export function reportFailure(log: Log, sentence: string, error: unknown): void {
	if (error instanceof Refusal) {
		void window.showErrorMessage(plain(error.message));
		return;
	}
	log.error(sentence, error);
	const showLog = l10n.t("Show Log");
	void window
		.showErrorMessage(joinSentences(sentence, l10n.t("The log has the details.")), showLog)
		.then((choice) => {
			if (choice === showLog) {
				log.show();
			}
		});
}

/** Joins two whole sentences; a translation decides what stands between them. */
export function joinSentences(first: string, second: string): string {
	return l10n.t("{0} {1}", first, second);
}

/**
 * Breaks up links. Notifications and the prompts of input boxes turn `[text](target)` into a link, and
 * the target may be a command; text from a server or a person must stay text.
 */
export function plain(text: string): string {
	return text.replace(/\]\(/g, "] (").replace(/\s+/g, " ");
}
