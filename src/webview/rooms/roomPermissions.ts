import type { Role } from "../../shared/person";
import { LOBBY, type Room } from "../../shared/room";
import type { RoomAction } from "../../shared/requests";

/**
 * What one may do with a room, as the server has it: the lobby is nobody's and can't be left; a public
 * room is kept by who made it and by moderators, a private one by its host.
 */
export function roomActions(room: Room, role: Role | undefined): readonly RoomAction[] {
	const isKeeper =
		room.id !== LOBBY &&
		room.kind !== "direct" &&
		(room.isOwn || (room.kind === "public" && role !== undefined));
	const actions: RoomAction[] = [];
	if (room.kind === "public" && !room.isJoined && !room.isArchived) {
		actions.push("join");
	}
	if (room.isJoined) {
		actions.push(room.isMuted ? "unmute" : "mute");
	}
	if (room.kind === "private" && room.isJoined) {
		actions.push(...(room.isArchived ? [] : (["invite"] as const)), "members");
	}
	if (isKeeper) {
		actions.push(
			...(room.isArchived ? (["restore"] as const) : (["rename", "setTopic", "archive"] as const)),
		);
	}
	if (room.isJoined && room.id !== LOBBY && room.kind !== "direct") {
		actions.push("leave");
	}
	return actions;
}
