import {
	AVAILABILITY_AVAILABLE,
	AVAILABILITY_AWAY,
	AVAILABILITY_BUSY,
	ROLE_MODERATOR,
	ROLE_OWNER,
	ROOM_DIRECT,
	ROOM_PRIVATE,
	SANCTION_BAN,
	SANCTION_TIME_OUT,
} from "../../../module_bindings/client.generated";
import type { Availability, Role, Sanction } from "../../../shared/person";
import type { Room } from "../../../shared/room";

/*
 * The numbers of the module for words of the extension.
 */

export const AVAILABILITY_CODES: Readonly<Record<Availability, number>> = {
	available: AVAILABILITY_AVAILABLE,
	away: AVAILABILITY_AWAY,
	busy: AVAILABILITY_BUSY,
};

export const ROLE_CODES: Readonly<Record<Role, number>> = {
	moderator: ROLE_MODERATOR,
	owner: ROLE_OWNER,
};

export const SANCTION_CODES: Readonly<Record<Sanction["kind"], number>> = {
	timeOut: SANCTION_TIME_OUT,
	ban: SANCTION_BAN,
};

export const PRIVATE_ROOM_CODES: Readonly<Record<Exclude<Room["kind"], "public">, number>> = {
	private: ROOM_PRIVATE,
	direct: ROOM_DIRECT,
};

/** Returns the word for a number, or `undefined` for a number that the extension does not know. */
export function wordOf<Word extends string>(
	codes: Readonly<Record<Word, number>>,
	code: number,
): Word | undefined {
	return (Object.keys(codes) as Word[]).find((word) => codes[word] === code);
}
