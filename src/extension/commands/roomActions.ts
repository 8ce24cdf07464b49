import { MAX_ROOM_NAME_LENGTH, MAX_TOPIC_LENGTH } from "../../shared/moduleConstants";
import type { QuickPickItem } from "vscode";
import { l10n, QuickPickItemKind, window } from "vscode";
import type { Room, RoomAddress } from "../../shared/room";
import { LOBBY } from "../../shared/room";
import type { RoomAction } from "../../shared/requests";
import type { ChatSession } from "../chat/session";
import { callReducer, callReducerIn } from "../chat/callReducer";
import { roomTitle } from "../chat/roomTitle";
import { Refusal } from "../platform/failure";
import { asLabel, askPerson, askText, isConfirmed } from "./prompts";

/** Runs an action on a room; asks for a name, a topic or a person where the action needs one. */
export async function actOnRoom(
	session: ChatSession,
	action: RoomAction,
	id: number,
): Promise<void> {
	const room = session.rooms.get(id);
	if (room === undefined) {
		throw new Refusal(l10n.t("That room no longer exists."));
	}
	const { roomsApi } = session;
	const title = asLabel(roomTitle(session, room));
	switch (action) {
		case "join":
			await callReducer(roomsApi, { type: "joinRoom", room: id });
			await session.enterRoom(id);
			break;
		case "leave":
			await leave(session, room, title);
			break;
		case "invite": {
			const person = await askPerson(
				session,
				l10n.t("Invite to {0}", title),
				({ identity }) => !room.members.includes(identity),
			);
			if (person !== undefined) {
				await callReducer(roomsApi, { type: "invite", room: id, person });
			}
			break;
		}
		case "members":
			await removeMember(session, room, title);
			break;
		case "rename": {
			const name = await askText(l10n.t("Rename {0}", title), l10n.t("The room's name"), {
				value: room.name,
				max: MAX_ROOM_NAME_LENGTH,
			});
			if (name !== undefined) {
				await callReducer(roomsApi, { type: "renameRoom", room: id, name });
			}
			break;
		}
		case "setTopic": {
			const topic = await askText(
				l10n.t("Topic of {0}", title),
				l10n.t("What the room is about. Leave empty for no topic."),
				{ value: room.topic, max: MAX_TOPIC_LENGTH, isOptional: true },
			);
			if (topic !== undefined) {
				await callReducer(roomsApi, { type: "setTopic", room: id, topic });
			}
			break;
		}
		case "archive":
		case "restore":
			await callReducer(roomsApi, {
				type: "archiveRoom",
				room: id,
				isArchived: action === "archive",
			});
			break;
		case "mute":
		case "unmute":
			session.rooms.mute(id, action === "mute");
			break;
	}
}

async function leave(session: ChatSession, room: Room, title: string): Promise<void> {
	const target = session.roomAddress(room.id);
	if (room.kind !== "public") {
		const detail = l10n.t(
			"The room's messages disappear from your panel. You can be invited again.",
		);
		if (!(await isConfirmed(l10n.t("Leave {0}?", title), detail, l10n.t("Leave")))) {
			return;
		}
	}
	await callReducerIn(session, target, { type: "leaveRoom", room: room.id });
	if (session.openRoom.id === room.id) {
		await session.enterRoom(LOBBY);
	}
}

async function removeMember(session: ChatSession, room: Room, title: string): Promise<void> {
	const target = session.roomAddress(room.id);
	const person = await askPerson(session, l10n.t("Remove from {0}", title), ({ identity }) =>
		room.members.includes(identity),
	);
	if (person !== undefined) {
		await callReducerIn(session, target, { type: "removeMember", room: room.id, person });
	}
}

interface RoomItem extends QuickPickItem {
	readonly target?: RoomAddress;
}

/** Opens a room, unless its database or the room itself changed since a person was asked. */
async function enterRoomAt(session: ChatSession, target: RoomAddress): Promise<void> {
	const problem = session.problemWith(target);
	if (problem !== undefined) {
		throw new Refusal(problem);
	}
	await session.enterRoom(target.room);
}

/** Asks for a room and opens it. Rooms with unread messages come first. */
export async function switchRoom(session: ChatSession): Promise<void> {
	const rooms = session.rooms.all.filter(({ isArchived }) => !isArchived);
	const toItem = (room: Room): RoomItem => ({
		label: `${iconOf(room)} ${asLabel(roomTitle(session, room))}`,
		...(room.unread > 0 ? { description: l10n.t("{0} unread", room.unread) } : {}),
		...(room.last === undefined ? {} : { detail: asLabel(room.last.excerpt) }),
		target: session.roomAddress(room.id),
	});
	const section = (label: string, some: readonly Room[]): RoomItem[] =>
		some.length === 0 ? [] : [{ label, kind: QuickPickItemKind.Separator }, ...some.map(toItem)];
	const joined = rooms.filter(({ isJoined }) => isJoined);
	const items = [
		...section(
			l10n.t("unread"),
			joined.filter(({ unread }) => unread > 0),
		),
		...section(
			l10n.t("your rooms"),
			joined.filter(({ unread }) => unread === 0),
		),
		...section(
			l10n.t("other rooms"),
			rooms.filter(({ isJoined }) => !isJoined),
		),
	];
	const choice = await window.showQuickPick(items, {
		title: l10n.t("Chat: Switch Room"),
		placeHolder: l10n.t("Choose a room"),
		matchOnDetail: true,
	});
	if (choice?.target !== undefined) {
		await enterRoomAt(session, choice.target);
	}
}

function iconOf({ kind }: Room): string {
	switch (kind) {
		case "public":
			return "$(comment-discussion)";
		case "private":
			return "$(lock)";
		case "direct":
			return "$(account)";
	}
}

/** Creates a room and opens it. Asks for its name unless `givenName` has one. */
export async function createRoom(session: ChatSession, givenName?: string): Promise<void> {
	const kinds = [
		{
			label: l10n.t("$(comment-discussion) Public"),
			detail: l10n.t("Everyone in this database can read and join it."),
			isPrivate: false,
		},
		{
			label: l10n.t("$(lock) Private"),
			detail: l10n.t(
				"Only invited people can see it. The operator of the server and the owner of the database can read it too.",
			),
			isPrivate: true,
		},
	];
	const title = l10n.t("Chat: New Room");
	const name =
		givenName ?? (await askText(title, l10n.t("The room's name"), { max: MAX_ROOM_NAME_LENGTH }));
	const kind =
		name === undefined
			? undefined
			: await window.showQuickPick(kinds, { title, placeHolder: l10n.t("Who can see it?") });
	if (name === undefined || kind === undefined) {
		return;
	}
	const { isPrivate } = kind;
	const clientId = crypto.randomUUID();
	await callReducer(session.roomsApi, { type: "createRoom", name, topic: "", isPrivate, clientId });
	const created = session.roomsApi
		?.rooms()
		.filter((room) => room.isOwn && room.name.toLowerCase() === name.toLowerCase())
		.at(-1);
	if (created !== undefined) {
		await session.enterRoom(created.id);
	}
}
