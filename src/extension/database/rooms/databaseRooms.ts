import type { PrivateRoom, Room, User } from "../../../module_bindings/index";
import type { OwnSanction } from "../../../shared/person";
import type {
	CallResult,
	ReducerCall,
	ModerationRow,
	Outgoing,
	QuotedRow,
	RoomRow,
	RoomsApi,
} from "../../chat/backend";
import { RoomReducers } from "./roomReducers";
import { hexOf } from "../sdk/identityHex";
import type { RoomPages } from "./roomPages";
import { readSqlModeration, readSqlVersion } from "../sdk/sqlRows";
import { listen, listenToAll } from "../sdk/tableEvents";
import {
	readCreated,
	readRooms,
	readOwnSanction,
	readTyping,
	roomQueries,
	roomTables,
} from "./roomRows";
import type { BackendSources } from "../sdk/backendBase";

/** Rooms, private talk and all that came with them, in a database of ours. */
export class DatabaseRooms implements RoomsApi {
	readonly me: string;
	readonly #sources: BackendSources;
	readonly #reducers: RoomReducers;
	readonly #openPages: () => RoomPages;

	/** @param isOpen whether the first picture was told; before that nothing else is */
	constructor(sources: BackendSources, isOpen: () => boolean, openPages: () => RoomPages) {
		this.#sources = sources;
		this.#openPages = openPages;
		this.#reducers = new RoomReducers(sources);
		const { connection, events, guard } = sources;
		const { db } = connection;
		this.me = connection.identity?.toHexString() ?? "";
		for (const table of roomTables(db)) {
			listenToAll(table, guard, () => {
				if (isOpen()) {
					events.roomsChanged();
				}
			});
		}
		listen(db.mention, guard, {
			inserted: ({ owner, room, sender, excerpt }) => {
				if (isOpen() && hexOf(owner) === this.me) {
					events.mentioned({ room, sender: hexOf(sender), excerpt });
				}
			},
		});
		const written = ({ room, sender, excerpt, recipient }: PrivateLine) => {
			const isOther = hexOf(sender) !== this.me;
			if (isOpen() && isOther && hexOf(recipient) === this.me && this.#isDirect(room)) {
				events.mentioned({ room, sender: hexOf(sender), excerpt });
			}
		};
		listen(db.privateActivity, guard, { inserted: written, updated: written });
	}

	get queries(): readonly string[] {
		return roomQueries(this.me);
	}

	rooms(): readonly RoomRow[] {
		return readRooms(this.#sources.connection.db, this.me);
	}

	room(id: number): Pick<RoomRow, "id" | "createdMicros"> | undefined {
		const row = this.privateRoom(id) ?? this.#publicRoom(id);
		return row === undefined ? undefined : { id, ...readCreated(id, row) };
	}

	typing(room: number): readonly string[] {
		return readTyping(this.#sources.connection.db, this.me, room);
	}

	ownSanction(): OwnSanction | undefined {
		return readOwnSanction(this.#sources.connection.db, this.me);
	}

	call(reducerCall: ReducerCall, onResult: (result: CallResult) => void): void {
		this.#reducers.call(reducerCall, onResult);
	}

	send({ clientId, room, text, replyTo }: Outgoing, onResult: (result: CallResult) => void): void {
		if (replyTo === undefined) {
			this.#reducers.callByName("postMessage", [room, clientId, text], onResult);
		} else {
			this.#reducers.callByName("postReply", [room, clientId, text, BigInt(replyTo)], onResult);
		}
	}

	quoted(seq: number): Promise<QuotedRow | undefined> {
		return this.#openPages().quoted(seq);
	}

	async versions(room: number, seq: number): Promise<readonly { text: string; atMs: number }[]> {
		const [table, andMine] = this.isPrivate(room)
			? ["private_post_version", ` AND recipient = 0x${this.me}`]
			: ["post_version", ""];
		const rows = await this.#sources.ask(
			`SELECT text, written_at FROM ${table} WHERE room = ${room} AND seq = ${seq}${andMine}`,
		);
		return rows.map(readSqlVersion).sort((a, b) => a.atMs - b.atMs);
	}

	async moderationLog(): Promise<readonly ModerationRow[]> {
		const rows = await this.#sources.ask(
			`SELECT at, by, action, person, detail FROM moderation_log WHERE viewer = 0x${this.me}`,
		);
		return rows.map(readSqlModeration).sort((a, b) => b.atMs - a.atMs);
	}

	canEnter(room: number): boolean {
		return this.room(room) !== undefined;
	}

	isPrivate(room: number): boolean {
		return this.privateRoom(room) !== undefined;
	}

	cut(): void {
		this.#reducers.cut();
	}

	#isDirect(room: number): boolean {
		return this.privateRoom(room)?.kind === DIRECT;
	}

	#publicRoom(room: number): Room | undefined {
		return [...this.#sources.connection.db.room.iter()].find(({ id }) => id === room);
	}

	/** One's own row of a private room. */
	privateRoom(room: number): PrivateRoom | undefined {
		return [...this.#sources.connection.db.privateRoom.iter()].find(
			(row) => row.room === room && hexOf(row.recipient) === this.me,
		);
	}
}

/** `server/src/private_room.rs`. */
const DIRECT = 2;

/** What is looked at of a row of `private_activity`. */
interface PrivateLine {
	readonly room: number;
	readonly sender: User["identity"];
	readonly recipient: User["identity"];
	readonly excerpt: string;
}
