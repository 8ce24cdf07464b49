import { LOBBY, ROLE_MEMBER } from "../../../module_bindings/client.generated";
import type { Person, Sanction, OwnSanction } from "../../../shared/person";
import type { RoomRow } from "../../chat/backend";
import { hexOf } from "../sdk/identityHex";
import type { Row } from "../sdk/moduleTypes";
import type { ChatTables } from "../sdk/remoteModule";
import { readPerson, toSafeNumber } from "../sdk/rows";
import type { TableHandle } from "../sdk/tableEvents";
import {
	AVAILABILITY_CODES,
	PRIVATE_ROOM_CODES,
	ROLE_CODES,
	SANCTION_CODES,
	wordOf,
} from "./codes";

type Identity = Row<"user">["identity"];
type Time = Row<"message">["sent"];

/** Returns the queries for rooms and people, without messages. @param me 64 hexadecimal digits */
export function roomQueries(me: string): string[] {
	const own = (table: string, column: string) => `SELECT * FROM ${table} WHERE ${column} = 0x${me}`;
	return [
		...["room", "room_activity", "profile", "role", "sanction", "typing"].map(
			(table) => `SELECT * FROM ${table}`,
		),
		// Row filters select the same rows, except for the owner of the database.
		own("membership", "owner"),
		own("read_mark", "owner"),
		own("mention", "owner"),
		own("private_room", "recipient"),
		own("private_activity", "recipient"),
		own("private_typing", "recipient"),
		own("sanction_detail", "viewer"),
	];
}

/** Returns the tables that have details of people, without `user`. */
export function personTables(db: ChatTables): readonly TableHandle<{
	readonly identity: Identity;
}>[] {
	return [db.profile, db.role, db.sanction];
}

/** Returns the tables of rooms, of typing and of the own sanction. */
export function roomTables(db: ChatTables): readonly TableHandle<never>[] {
	return [
		...[db.room, db.roomActivity, db.membership, db.readMark, db.mention],
		...[db.privateRoom, db.privateActivity, db.typing, db.privateTyping, db.sanctionDetail],
	] as unknown as TableHandle<never>[];
}

/** The details of everybody, or of `only` one person, by identity. */
export class PeopleRows {
	readonly #profiles: ReadonlyMap<string, Row<"profile">>;
	readonly #ranks: ReadonlyMap<string, number>;
	readonly #sanctions: ReadonlyMap<string, Sanction>;

	constructor(db: ChatTables, only?: Identity) {
		this.#profiles = byIdentity(db.profile.iter(), (row) => row, only);
		this.#ranks = byIdentity(db.role.iter(), ({ rank }) => rank, only);
		this.#sanctions = byIdentity(db.sanction.iter(), readSanction, only);
	}

	/** Returns a person with every detail. */
	read(user: Row<"user">): Person {
		const identity = hexOf(user.identity);
		const profile = this.#profiles.get(identity);
		const role = wordOf(ROLE_CODES, this.#ranks.get(identity) ?? ROLE_MEMBER);
		const sanction = this.#sanctions.get(identity);
		return {
			...readPerson(user),
			...(profile === undefined ? {} : readProfile(profile)),
			...(role === undefined ? {} : { role }),
			...(sanction === undefined ? {} : { sanction }),
		};
	}
}

function byIdentity<R extends { readonly identity: Identity }, T>(
	rows: Iterable<R>,
	read: (row: R) => T,
	only: Identity | undefined,
): Map<string, T> {
	// Compares numbers, because one person changes often and converting everybody's identity to hex is slow.
	const wanted = [...rows].filter(
		({ identity }) => only === undefined || identity.data === only.data,
	);
	return new Map(wanted.map((row) => [hexOf(row.identity), read(row)]));
}

function readProfile(profile: Row<"profile">): Partial<Person> {
	const { statusText: text, emoji, until, availability, lastSeen } = profile;
	const hasStatus = text !== "" || emoji !== "";
	return {
		availability: wordOf(AVAILABILITY_CODES, availability) ?? "available",
		...(hasStatus
			? { status: { text, emoji, ...(until === undefined ? {} : { untilMs: toMs(until) }) } }
			: {}),
		...(lastSeen === undefined ? {} : { lastSeenMs: toMs(lastSeen) }),
	};
}

function readSanction(row: { readonly kind: number; readonly until: Time | undefined }): Sanction {
	return {
		kind: wordOf(SANCTION_CODES, row.kind) ?? "ban",
		...(row.until === undefined ? {} : { untilMs: toMs(row.until) }),
	};
}

/** Returns the sanction of `me`, a ban rather than a time-out. */
export function readOwnSanction(db: ChatTables, me: string): OwnSanction | undefined {
	const own = [...db.sanctionDetail.iter()].filter(
		({ viewer, identity }) => hexOf(viewer) === me && hexOf(identity) === me,
	);
	const [heaviest] = own.sort((a, b) => b.kind - a.kind);
	return heaviest === undefined
		? undefined
		: {
				...readSanction(heaviest),
				reason: heaviest.reason,
				...(heaviest.by === undefined ? {} : { by: hexOf(heaviest.by) }),
			};
}

/** Returns the people who type in a room, except `me`. */
export function readTyping(db: ChatTables, me: string, room: number): string[] {
	const isInRoom = (row: { readonly room: number }) => row.room === room;
	const rows = [
		...[...db.typing.iter()].filter(isInRoom),
		...[...db.privateTyping.iter()].filter((row) => isInRoom(row) && hexOf(row.recipient) === me),
	];
	const identities = rows.map(({ identity }) => hexOf(identity));
	return [...new Set(identities)].filter((identity) => identity !== me);
}

/** Returns the rooms that `me` may enter. */
export function readRooms(db: ChatTables, me: string): RoomRow[] {
	const isMe = (identity: Identity) => hexOf(identity) === me;
	const marks = new Map(
		[...db.readMark.iter()]
			.filter(({ owner }) => isMe(owner))
			.map(({ room, unreadFrom }) => [room, unreadFrom]),
	);
	const mentions = [...db.mention.iter()].filter(({ owner }) => isMe(owner));
	const joined = new Set([
		LOBBY,
		...[...db.membership.iter()].filter(({ owner }) => isMe(owner)).map(({ room }) => room),
	]);
	const activities = new Map(
		[
			...db.roomActivity.iter(),
			...[...db.privateActivity.iter()].filter(({ recipient }) => isMe(recipient)),
		].map((row) => [row.room, row]),
	);
	const unreadOf = (room: number, isJoined: boolean, isDirect: boolean) => {
		const activity = activities.get(room);
		const mark = marks.get(room);
		const behind =
			activity === undefined || mark === undefined || !isJoined
				? 0
				: Math.max(0, toSafeNumber(activity.nextSeq - mark));
		return {
			unread: behind,
			...(mark === undefined || !isJoined ? {} : { unreadFrom: toSafeNumber(mark) }),
			mentions: isDirect ? behind : mentions.filter((mention) => mention.room === room).length,
			...(activity === undefined
				? {}
				: {
						last: {
							sender: hexOf(activity.sender),
							sentMs: toMs(activity.sent),
							excerpt: activity.excerpt,
						},
					}),
		};
	};
	const publicRooms = [...db.room.iter()].map((row): RoomRow => ({
		id: row.id,
		kind: "public",
		name: row.name,
		topic: row.topic,
		isArchived: row.archived,
		isJoined: joined.has(row.id),
		isOwn: isMe(row.createdBy),
		members: [],
		...readCreated(row.id, row),
		...unreadOf(row.id, joined.has(row.id), false),
	}));
	const privateRooms = [...db.privateRoom.iter()]
		.filter(({ recipient }) => isMe(recipient))
		.map((row): RoomRow => ({
			id: row.room,
			kind: wordOf(PRIVATE_ROOM_CODES, row.kind) ?? "direct",
			name: row.name,
			topic: row.topic,
			isArchived: row.archived,
			isJoined: true,
			isOwn: isMe(row.host),
			members: row.members.map((member) => hexOf(member)),
			...readCreated(row.room, row),
			...unreadOf(row.room, true, row.kind !== PRIVATE_ROOM_CODES.private),
		}));
	return [...publicRooms, ...privateRooms];
}

/** Reads a room's creation time; the lobby has none, since every database has the same lobby. */
export function readCreated(
	id: number,
	row: { readonly createdAt: Time },
): Pick<RoomRow, "createdMicros"> {
	return id === LOBBY ? {} : { createdMicros: toSafeNumber(row.createdAt.microsSinceUnixEpoch) };
}

function toMs(time: Time): number {
	return Math.floor(toSafeNumber(time.microsSinceUnixEpoch) / 1_000);
}
