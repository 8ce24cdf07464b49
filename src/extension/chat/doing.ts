import { l10n } from "vscode";
import type { CallResult, Deed, Talk } from "../backend/backend";
import { Refusal } from "../failure";
import { readRefusal } from "./refusal";

/**
 * Does something in a database with rooms.
 *
 * @throws {Refusal} with the module's own sentence, or why there is no answer
 */
export async function doDeed(talk: Talk | undefined, deed: Deed): Promise<void> {
	if (talk === undefined) {
		throw new Refusal(l10n.t("This needs the connection, and a database that has rooms."));
	}
	const result = await new Promise<CallResult>((settle) => talk.do(deed, settle));
	if (result.kind === "refused") {
		throw new Refusal(readRefusal(result.reason, "exactlyOnce").sentence);
	}
	if (result.kind === "noAnswer") {
		throw new Refusal(l10n.t("The server did not answer. It may have been done all the same."));
	}
}
