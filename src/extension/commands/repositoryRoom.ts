import { l10n, Uri, window, workspace } from "vscode";
import type { ChatSession } from "../chat/session";
import { callReducer } from "../chat/callReducer";
import { Refusal } from "../platform/failure";
import { asLabel } from "./prompts";
import { createRoom } from "./roomActions";

/** Opens the room of the repository in this window; one that is not there is made, if that is wished. */
export async function openRepositoryRoom(session: ChatSession): Promise<void> {
	const name = await repositoryName();
	if (name === undefined) {
		throw new Refusal(l10n.t("No folder of this window is a git repository with a remote."));
	}
	const room = session.rooms.all.find(
		(other) => other.kind === "public" && other.name.toLowerCase() === name.toLowerCase(),
	);
	if (room !== undefined) {
		if (!room.isJoined) {
			await callReducer(session.roomsApi, { type: "joinRoom", room: room.id });
		}
		await session.enterRoom(room.id);
		return;
	}
	const create = l10n.t("Create Room");
	const choice = await window.showInformationMessage(
		l10n.t("There is no room for {0}. Create it?", asLabel(name)),
		{ modal: true },
		create,
	);
	if (choice === create) {
		await createRoom(session, name);
	}
}

/** `owner/name` of the first repository in this window, from its remote. */
async function repositoryName(): Promise<string | undefined> {
	for (const { uri } of workspace.workspaceFolders ?? []) {
		try {
			// Not the git extension's: that is out of reach from a remote window's other side.
			const config = await workspace.fs.readFile(Uri.joinPath(uri, ".git", "config"));
			const name = remoteName(new TextDecoder().decode(config));
			if (name !== undefined) {
				return name;
			}
		} catch {
			// No repository, or one of another kind.
		}
	}
	return undefined;
}

/**
 * The last two parts of a remote's address in a git configuration, in lower case and without `.git`; of
 * `origin` if there is one. Who writes `git@host:owner/name` and who writes `https://host/owner/name`
 * mean the same room.
 */
export function remoteName(config: string): string | undefined {
	const remotes = new Map<string, string>();
	let remote: string | undefined;
	for (const line of config.split(/\r?\n/u)) {
		const section = /^\s*\[\s*(?:remote\s+"([^"]+)"|[^\]]*)\s*\]/u.exec(line);
		if (section !== null) {
			remote = section[1];
		}
		const url = /^\s*url\s*=\s*(\S+)\s*$/u.exec(line)?.[1];
		if (remote !== undefined && url !== undefined) {
			remotes.set(remote, url);
		}
	}
	const url = remotes.get("origin") ?? [...remotes.values()][0];
	const path = url?.replace(/^[a-z+]+:\/\/[^/]+\/|^[^/:]+@?[^/:]*:/u, "").replace(/\.git\/?$/u, "");
	const parts = path?.split("/").filter((part) => part !== "") ?? [];
	const name = parts.slice(-2).join("/").toLowerCase();
	return /^[\w.-]+(?:\/[\w.-]+)?$/u.test(name) ? name : undefined;
}
