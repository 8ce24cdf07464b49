import type { Availability, Person, Role, Sanction, OwnSanction } from "../../../shared/person";
import { LOBBY } from "../../../shared/room";
import type { Profile, User } from "../../../module_bindings/index";
import type { ChatTables } from "../sdk/remoteTables";
import type { RoomRow } from "../../chat/backend";
import { readPerson, toSafeNumber } from "../sdk/rows";
import type { TableHandle } from "../sdk/tableEvents";
import { hexOf } from "../sdk/identityHex";

/** As `server/src` numbers them. */
const AVAILABILITIES: readonly Availability[] = ["available", "away", "busy"];
const RANKS: Record<number, Role> = { 1: "moderator", 2: "owner" };
const TIME_OUT = 1;
const PRIVATE = 1;

interface Time {
	readonly microsSinceUnixEpoch: bigint;
}

/** The queries for all that rooms and people have, beside messages. `me` is 64 hexadecimal digits. */
export function roomQueries(me: string): string[] {
	const own = (table: string, column: string) => `SELECT * FROM ${table} WHERE ${column} = 0x${me}`;
	return [
		...["room", "room_activity", "profile", "role", "sanction", "typing"].map(
			(table) => `SELECT * FROM ${table}`,
		),
		// Row filters say the same, but not to the owner of the database.
		own("membership", "owner"),
		own("read_mark", "owner"),
		own("mention", "owner"),
		own("private_room", "recipient"),
		own("private_activity", "recipient"),
		own("private_typing", "recipient"),
		own("sanction_detail", "viewer"),
	];
}

/** The tables whose rows make a `Person`, beside `user`. */
export function personTables(db: ChatTables): readonly TableHandle<{
	readonly identity: User["identity"];
}>[] {
	return [db.profile, db.role, db.sanction];
}

/** The tables that rooms, typing and one's own standing are read from. */
export function roomTables(db: ChatTables): readonly TableHandle<never>[] {
	return [
		...[db.room, db.roomActivity, db.membership, db.readMark, db.mention],
		...[db.privateRoom, db.privateActivity, db.typing, db.privateTyping, db.sanctionDetail],
	] as unknown as TableHandle<never>[];
}

/** What is known of people beside the tutorial's rows, by identity; of all, or of `only` one. */
export class PeopleRows {
	readonly #profiles: ReadonlyMap<string, Profile>;
	readonly #ranks: ReadonlyMap<string, number>;
	readonly #sanctions: ReadonlyMap<string, Sanction>;

	constructor(db: ChatTables, only?: User["identity"]) {
		this.#profiles = byIdentity(db.profile.iter(), (row) => row, only);
		this.#ranks = byIdentity(db.role.iter(), ({ rank }) => rank, only);
		this.#sanctions = byIdentity(db.sanction.iter(), readSanction, only);
	}

	/** Somebody with all that is known of them. */
	read(user: User): Person {
		const identity = hexOf(user.identity);
		const profile = this.#profiles.get(identity);
		const role = RANKS[this.#ranks.get(identity) ?? 0];
		const sanction = this.#sanctions.get(identity);
		return {
			...readPerson(user),
			...(profile === undefined ? {} : readProfile(profile)),
			...(role === undefined ? {} : { role }),
			...(sanction === undefined ? {} : { sanction }),
		};
	}
}

function byIdentity<Row extends { readonly identity: User["identity"] }, T>(
	rows: Iterable<Row>,
	read: (row: Row) => T,
	only: User["identity"] | undefined,
): Map<string, T> {
	// As numbers: one person changes often, and writing everybody's identity out takes its time.
	const wanted = [...rows].filter(
		({ identity }) => only === undefined || identity.data === only.data,
	);
	return new Map(wanted.map((row) => [hexOf(row.identity), read(row)]));
}

function readProfile(profile: Profile): Partial<Person> {
	const { statusText: text, emoji, until, availability, lastSeen } = profile;
	const hasStatus = text !== "" || emoji !== "";
	return {
		availability: AVAILABILITIES[availability] ?? "available",
		...(hasStatus
			? { status: { text, emoji, ...(until === undefined ? {} : { untilMs: toMs(until) }) } }
			: {}),
		...(lastSeen === undefined ? {} : { lastSeenMs: toMs(lastSeen) }),
	};
}

function readSanction(row: { readonly kind: number; readonly until: Time | undefined }): Sanction {
	return {
		kind: row.kind === TIME_OUT ? "timeOut" : "ban",
		...(row.until === undefined ? {} : { untilMs: toMs(row.until) }),
	};
}

/** What keeps `me` from talking: a ban before a time-out. */
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

/** Who is typing in a room, `me` not among them. */
export function readTyping(db: ChatTables, me: string, room: number): string[] {
	const isHere = (row: { readonly room: number }) => row.room === room;
	const rows = [
		...[...db.typing.iter()].filter(isHere),
		...[...db.privateTyping.iter()].filter((row) => isHere(row) && hexOf(row.recipient) === me),
	];
	const who = rows.map(({ identity }) => hexOf(identity));
	return [...new Set(who)].filter((identity) => identity !== me);
}

/** All rooms that `me` may enter. */
export function readRooms(db: ChatTables, me: string): RoomRow[] {
	const isMine = (identity: User["identity"]) => hexOf(identity) === me;
	const marks = new Map(
		[...db.readMark.iter()]
			.filter(({ owner }) => isMine(owner))
			.map(({ room, unreadFrom }) => [room, unreadFrom]),
	);
	const mentions = [...db.mention.iter()].filter(({ owner }) => isMine(owner));
	const joined = new Set([
		LOBBY,
		...[...db.membership.iter()].filter(({ owner }) => isMine(owner)).map(({ room }) => room),
	]);
	const activities = new Map(
		[
			...db.roomActivity.iter(),
			...[...db.privateActivity.iter()].filter(({ recipient }) => isMine(recipient)),
		].map((row) => [row.room, row]),
	);
	const talkOf = (room: number, isJoined: boolean, isDirect: boolean) => {
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
	const open = [...db.room.iter()].map((row): RoomRow => ({
		id: row.id,
		kind: "public",
		name: row.name,
		topic: row.topic,
		isArchived: row.archived,
		isJoined: joined.has(row.id),
		isOwn: isMine(row.createdBy),
		members: [],
		...readCreated(row.id, row),
		...talkOf(row.id, joined.has(row.id), false),
	}));
	const closed = [...db.privateRoom.iter()]
		.filter(({ recipient }) => isMine(recipient))
		.map((row): RoomRow => ({
			id: row.room,
			kind: row.kind === PRIVATE ? "private" : "direct",
			name: row.name,
			topic: row.topic,
			isArchived: row.archived,
			isJoined: true,
			isOwn: isMine(row.host),
			members: row.members.map((member) => hexOf(member)),
			...readCreated(row.room, row),
			...talkOf(row.room, true, row.kind !== PRIVATE),
		}));
	return [...open, ...closed];
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
