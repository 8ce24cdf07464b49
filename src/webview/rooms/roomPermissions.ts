import type { Role } from "../../shared/person";
import { LOBBY, type Room } from "../../shared/room";
import type { RoomAction } from "../../shared/requests";

/**
 * Returns the permitted actions on a room, by the server's rules. The lobby has no owner and can't be
 * left. The creator and moderators manage a public room, the host a private one.
 */
export function roomActions(room: Room, role: Role | undefined): readonly RoomAction[] {
	const canManage =
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
	if (canManage) {
		actions.push(
			...(room.isArchived ? (["restore"] as const) : (["rename", "setTopic", "archive"] as const)),
		);
	}
	if (room.isJoined && room.id !== LOBBY && room.kind !== "direct") {
		actions.push("leave");
	}
	return actions;
}
