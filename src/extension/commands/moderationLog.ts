import { l10n, window, workspace } from "vscode";
import { displayName } from "../../shared/person";
import type { ChatSession } from "../chat/session";
import { Refusal } from "../platform/failure";

/** Shows what moderators did, in a document that is nobody's file. */
export async function showModerationLog(session: ChatSession): Promise<void> {
	const { people, roomsApi } = session;
	const me = people.me === undefined ? undefined : people.get(people.me);
	if (roomsApi === undefined || me?.role === undefined) {
		throw new Refusal(l10n.t("The moderation log is for moderators and owners."));
	}
	const name = (identity: string) => displayName(people.get(identity));
	const lines = (await roomsApi.moderationLog()).map(({ atMs, by, action, person, detail }) =>
		[new Date(atMs).toLocaleString(), name(by), action, name(person), detail].join("\t"),
	);
	const content = lines.length === 0 ? l10n.t("Nothing was done yet.") : lines.join("\n");
	const document = await workspace.openTextDocument({ language: "plaintext", content });
	await window.showTextDocument(document, { preview: true });
}
