import { LOBBY, type Room } from "../../shared/room";
import type { Model } from "../model/model";
import { bareName } from "../people/names";

/** The rooms as the list shows them. */
export interface RoomGroups {
	readonly rooms: readonly Room[];
	readonly direct: readonly Room[];
	/** Public ones that one has not joined. */
	readonly more: readonly Room[];
	readonly archived: readonly Room[];
}

/** Rooms by name with the lobby first, conversations by what was said last. */
export function groupRooms(model: Model): RoomGroups {
	const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
	const all = [...model.rooms.values()].map((room) => ({ room, name: bareName(room, model) }));
	const byName = all
		.sort(
			(a, b) =>
				Number(b.room.id === LOBBY) - Number(a.room.id === LOBBY) ||
				collator.compare(a.name, b.name) ||
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

/** Whether there is something new in a room that one wants to know of. */
export function hasNews(room: Room): boolean {
	return room.mentions > 0 || (room.unread > 0 && !room.isMuted);
}

/**
 * The room that is `step` (1 or -1) further in the list of those one has joined, round from the last to
 * the first. `wantsUnread`: the next one with something new, if there is one.
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

/** What is new in the rooms that are not open. */
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
