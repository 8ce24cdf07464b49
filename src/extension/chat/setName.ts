import { l10n } from "vscode";
import type { SendOutcome } from "../../shared/protocol";
import { cleanName } from "../../shared/text";
import type { CallResult } from "./backend";
import type { ChatSession } from "./session";
import { nameProblemSentence } from "./textProblems";

/** The most characters of a refused name that a sentence repeats. */
const MAX_SHOWN_NAME = 80;

/** Sets the user's name. Resolves with `refused`, the name and the reason where that fails. Never rejects. */
export async function setName(
	session: Pick<ChatSession, "backend" | "limits">,
	typed: string,
): Promise<SendOutcome> {
	const refused = (reason: string): SendOutcome => ({
		kind: "refused",
		sentence: l10n.t("Could not set the name “{0}”: {1}", shorten(typed), reason),
	});
	const name = cleanName(typed, session.limits.nameLength);
	if (!name.ok) {
		return refused(nameProblemSentence(name.problem));
	}
	const { backend } = session;
	if (backend === undefined) {
		return refused(l10n.t("there is no connection now."));
	}
	const result = await new Promise<CallResult>((resolve) => {
		backend.setName(name.text, resolve);
	});
	switch (result.kind) {
		case "committed":
			return { kind: "accepted" };
		case "refused":
			return refused(result.reason);
		case "noAnswer":
			return refused(l10n.t("the server did not answer. It may have been set all the same."));
	}
}

function shorten(text: string): string {
	return text.length > MAX_SHOWN_NAME ? `${text.slice(0, MAX_SHOWN_NAME)}…` : text;
}
