import type { OwnSanction } from "../../../shared/person";
import type {
	CallResult,
	ModerationRow,
	Outgoing,
	QuotedRow,
	ReducerCall,
	RoomRow,
	RoomsApi,
} from "../../chat/backend";
import type { BackendSources } from "../sdk/backendBase";
import { hexOf } from "../sdk/identityHex";
import type { Row } from "../sdk/moduleTypes";
import type { ReducerClient } from "../sdk/reducerClient";
import { readSqlModeration, readSqlVersion } from "../sdk/sqlRows";
import { listen, listenToAll } from "../sdk/tableEvents";
import { PRIVATE_ROOM_CODES } from "./codes";
import { callRoomsReducer } from "./reducerArguments";
import type { RoomPages } from "./roomPages";
import {
	readCreated,
	readOwnSanction,
	readRooms,
	readTyping,
	roomQueries,
	roomTables,
} from "./roomRows";

/** The rooms, direct messages and moderation of a rooms database. */
export class RoomsClient implements RoomsApi {
	readonly me: string;
	readonly #sources: BackendSources;
	readonly #reducers: ReducerClient;
	readonly #openPages: () => RoomPages;

	/**
	 * @param isOpen false until the snapshot, which contains every earlier change
	 * @param openPages returns the pages of the open room
	 */
	constructor(
		sources: BackendSources,
		reducers: ReducerClient,
		isOpen: () => boolean,
		openPages: () => RoomPages,
	) {
		this.#sources = sources;
		this.#reducers = reducers;
		this.#openPages = openPages;
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
		const directMessageSent = ({ room, sender, excerpt, recipient }: Row<"privateActivity">) => {
			const isOther = hexOf(sender) !== this.me;
			if (isOpen() && isOther && hexOf(recipient) === this.me && this.#isDirect(room)) {
				events.mentioned({ room, sender: hexOf(sender), excerpt });
			}
		};
		listen(db.privateActivity, guard, { inserted: directMessageSent, updated: directMessageSent });
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
		callRoomsReducer(this.#reducers, reducerCall, onResult);
	}

	send({ replyTo, ...message }: Outgoing, onResult: (result: CallResult) => void): void {
		if (replyTo === undefined) {
			this.#reducers.call("postMessage", message, onResult);
		} else {
			this.#reducers.call("postReply", { ...message, replyTo: BigInt(replyTo) }, onResult);
		}
	}

	quoted(seq: number): Promise<QuotedRow | undefined> {
		return this.#openPages().quoted(seq);
	}

	async versions(room: number, seq: number): Promise<readonly { text: string; atMs: number }[]> {
		const [table, andOwn] = this.isPrivate(room)
			? ["private_post_version", ` AND recipient = 0x${this.me}`]
			: ["post_version", ""];
		const rows = await this.#sources.runSql(
			`SELECT text, written_at FROM ${table} WHERE room = ${room} AND seq = ${seq}${andOwn}`,
		);
		return rows.map(readSqlVersion).sort((a, b) => a.atMs - b.atMs);
	}

	async moderationLog(): Promise<readonly ModerationRow[]> {
		const rows = await this.#sources.runSql(
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

	#publicRoom(room: number): Row<"room"> | undefined {
		return [...this.#sources.connection.db.room.iter()].find(({ id }) => id === room);
	}

	/** Returns the own row of a private room. */
	privateRoom(room: number): Row<"privateRoom"> | undefined {
		return [...this.#sources.connection.db.privateRoom.iter()].find(
			(row) => row.room === room && hexOf(row.recipient) === this.me,
		);
	}

	#isDirect(room: number): boolean {
		return this.privateRoom(room)?.kind === PRIVATE_ROOM_CODES.direct;
	}
}
