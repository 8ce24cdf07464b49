import { LOBBY, type Room } from "../../shared/room";
import type { Model } from "../model/model";
import { bareName } from "../people/names";
import { compareNames } from "../ui/compareNames";

/** The groups of the room list. */
export interface RoomGroups {
	readonly rooms: readonly Room[];
	readonly direct: readonly Room[];
	/** The public rooms that the user has not joined. */
	readonly more: readonly Room[];
	readonly archived: readonly Room[];
}

/** Sorts rooms by name with the lobby first, and direct messages by their last message. */
export function groupRooms(model: Model): RoomGroups {
	const all = [...model.rooms.values()].map((room) => ({ room, name: bareName(room, model) }));
	const byName = all
		.sort(
			(a, b) =>
				Number(b.room.id === LOBBY) - Number(a.room.id === LOBBY) ||
				compareNames(a.name, b.name) ||
				a.room.id - b.room.id,
		)
		.map(({ room }) => room);
	const open = byName.filter((room) => !room.isArchived);
	return {
		rooms: open.filter((room) => room.isJoined && room.kind !== "direct"),
		direct: open
			.filter((room) => room.isJoined && room.kind === "direct")
			.sort((a, b) => (b.last?.sentMs ?? -Infinity) - (a.last?.sentMs ?? -Infinity) || 0),
		more: open.filter((room) => !room.isJoined),
		archived: byName.filter((room) => room.isArchived),
	};
}

/** Returns true if a room has unread messages and is not muted, or has mentions. */
export function hasNews(room: Room): boolean {
	return room.mentions > 0 || (room.unread > 0 && !room.isMuted);
}

/**
 * Returns the room that is `step` (1 or -1) further in the list of joined rooms, from the last to the
 * first. With `wantsUnread`, rooms without unread messages are skipped if there are any others.
 */
export function nextRoom(model: Model, step: 1 | -1, wantsUnread: boolean): Room | undefined {
	const { rooms, direct } = groupRooms(model);
	const list = [...rooms, ...direct];
	const at = list.findIndex(({ id }) => id === model.roomId);
	const from = at === -1 && step === -1 ? 0 : at;
	const around = list
		.map((_, index) => list[(from + step * (index + 1) + 2 * list.length) % list.length])
		.filter((room) => room !== undefined && room.id !== model.roomId);
	return (
		(wantsUnread ? around.find((room) => room !== undefined && hasNews(room)) : undefined) ??
		around[0]
	);
}

/** Counts the unread messages and the mentions in the rooms that are not open. */
export function newElsewhere({ rooms, roomId }: Model): { unread: number; mentions: number } {
	let unread = 0;
	let mentions = 0;
	for (const room of rooms.values()) {
		if (room.id !== roomId && room.isJoined && !room.isArchived) {
			unread += room.isMuted ? 0 : room.unread;
			mentions += room.mentions;
		}
	}
	return { unread, mentions };
}
