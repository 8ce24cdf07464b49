import { l10n, window, workspace } from "vscode";
import type { ChatSession } from "../chat/session";
import { callReducer } from "../chat/callReducer";
import { Refusal } from "../platform/failure";
import { isConfirmed } from "./prompts";

/** Deletes an own message, if the person means it. */
export async function confirmDelete(
	session: ChatSession,
	room: number,
	seq: number,
): Promise<void> {
	const detail = l10n.t("Its text and its earlier texts are gone for good.");
	if (await isConfirmed(l10n.t("Delete this message for everybody?"), detail, l10n.t("Delete"))) {
		await callReducer(session.roomsApi, { type: "deletePost", room, seq });
	}
}

/** Removes somebody else's message as a moderator, if the person means it. */
export async function confirmRemove(
	session: ChatSession,
	room: number,
	seq: number,
): Promise<void> {
	const detail = l10n.t("Its text is gone for good. That a moderator removed it stays to be seen.");
	if (await isConfirmed(l10n.t("Remove this message for everybody?"), detail, l10n.t("Remove"))) {
		await callReducer(session.roomsApi, { type: "removePost", room, seq });
	}
}

/** Shows a message as it was before each edit, in a document that is nobody's file. */
export async function showVersions(
	session: ChatSession,
	room: number,
	seq: number,
	now: string | undefined,
): Promise<void> {
	const { roomsApi } = session;
	if (roomsApi === undefined) {
		throw new Refusal(l10n.t("Earlier texts are in the database; there is no connection now."));
	}
	const versions = await roomsApi.versions(room, seq);
	if (versions.length === 0) {
		throw new Refusal(l10n.t("There are no earlier texts of this message."));
	}
	const parts = versions.map(({ text, atMs }) => [new Date(atMs).toLocaleString(), text] as const);
	const current = now === undefined ? [] : [[l10n.t("Now"), now] as const];
	const content = [...parts, ...current]
		.map(([when, text]) => `${when}\n\n${text}\n`)
		.join("\n---\n\n");
	const document = await workspace.openTextDocument({ language: "plaintext", content });
	await window.showTextDocument(document, { preview: true });
}
