import { displayName } from "../../shared/person";
import type { Room } from "../../shared/room";
import type { Address } from "../platform/address";
import type { People } from "./people";

/** The parts of a session that the names of rooms come from. */
export interface TitleSources {
	readonly people: People;
	readonly address: Address | undefined;
}

/** Returns the name that people read: of the other person, of the room, or of the database. */
export function roomTitle({ people, address }: TitleSources, room: Room): string {
	const { me } = people;
	if (room.kind === "direct") {
		const other = room.members.find((member) => member !== me);
		return displayName(other === undefined ? undefined : people.get(other));
	}
	return room.name === "" ? (address?.database ?? "") : `#${room.name}`;
}
