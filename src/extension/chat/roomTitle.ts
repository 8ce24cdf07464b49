import { displayName } from "../../shared/person";
import type { Room } from "../../shared/room";
import type { ChatSession } from "./session";

/** Returns the name that people read: of the other person, of the room, or of the database. */
export function roomTitle(session: ChatSession, room: Room): string {
	const { me } = session.people;
	if (room.kind === "direct") {
		const other = room.members.find((member) => member !== me);
		return displayName(other === undefined ? undefined : session.people.get(other));
	}
	return room.name === "" ? (session.address?.database ?? "") : `#${room.name}`;
}
