import { l10n, window, workspace } from "vscode";
import type { RoomAddress } from "../../shared/room";
import type { ChatSession } from "../chat/session";
import { callReducerIn } from "../chat/callReducer";
import { Refusal } from "../platform/failure";
import { formatTime } from "../platform/locale";
import { isConfirmed } from "./prompts";

/** Deletes an own message after a confirmation. */
export async function confirmDelete(
	session: ChatSession,
	target: RoomAddress,
	seq: number,
): Promise<void> {
	const detail = l10n.t("The text and the earlier versions are deleted permanently.");
	if (await isConfirmed(l10n.t("Delete this message for everyone?"), detail, l10n.t("Delete"))) {
		await callReducerIn(session, target, { type: "deletePost", room: target.room, seq });
	}
}

/** Removes another person's message as a moderator, after a confirmation. */
export async function confirmRemove(
	session: ChatSession,
	target: RoomAddress,
	seq: number,
): Promise<void> {
	const detail = l10n.t(
		"The text is deleted permanently. A note that a moderator removed the message remains visible.",
	);
	if (await isConfirmed(l10n.t("Remove this message for everyone?"), detail, l10n.t("Remove"))) {
		await callReducerIn(session, target, { type: "removePost", room: target.room, seq });
	}
}

/** Shows the earlier versions of a message in an untitled document. */
export async function showVersions(
	session: ChatSession,
	room: number,
	seq: number,
	current: string | undefined,
): Promise<void> {
	const { roomsApi } = session;
	if (roomsApi === undefined) {
		throw new Refusal(l10n.t("Loading the earlier versions needs a connection."));
	}
	const versions = await roomsApi.versions(room, seq);
	if (versions.length === 0) {
		throw new Refusal(l10n.t("This message has no earlier versions."));
	}
	const parts = versions.map(({ text, atMs }) => section(formatTime(atMs), text));
	if (current !== undefined) {
		parts.push(section(l10n.t("Current version"), current));
	}
	const content = parts.join("\n---\n\n");
	const document = await workspace.openTextDocument({ language: "plaintext", content });
	await window.showTextDocument(document, { preview: true });
}

function section(title: string, text: string): string {
	return [title, "", text, ""].join("\n");
}
