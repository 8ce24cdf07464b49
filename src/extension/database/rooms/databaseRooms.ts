import type { PrivateRoom, User } from "../../../module_bindings/index";
import type { Standing } from "../../../shared/person";
import type {
	CallResult,
	Deed,
	ModerationFact,
	Outgoing,
	QuotedFact,
	RoomFact,
	Talk,
} from "../../chat/backend";
import { Deeds } from "./roomReducers";
import { hexOf } from "../sdk/identityHex";
import type { RoomPages } from "./roomPages";
import { readSqlModeration, readSqlVersion } from "../sdk/sqlRows";
import { listen, listenToAll } from "../sdk/tableEvents";
import { readRooms, readStanding, readTyping, talkQueries, talkTables } from "./roomRows";
import type { BackendSources } from "../sdk/backendBase";

/** Rooms, private talk and all that came with them, in a database of ours. */
export class OurTalk implements Talk {
	readonly me: string;
	readonly #sources: BackendSources;
	readonly #deeds: Deeds;
	readonly #openPages: () => RoomPages;

	/** @param isOpen whether the first picture was told; before that nothing else is */
	constructor(sources: BackendSources, isOpen: () => boolean, openPages: () => RoomPages) {
		this.#sources = sources;
		this.#openPages = openPages;
		this.#deeds = new Deeds(sources);
		const { connection, events, guard } = sources;
		const { db } = connection;
		this.me = connection.identity?.toHexString() ?? "";
		for (const table of talkTables(db)) {
			listenToAll(table, guard, () => {
				if (isOpen()) {
					events.talkChanged();
				}
			});
		}
		listen(db.mention, guard, {
			inserted: ({ owner, room, sender, excerpt }) => {
				if (isOpen() && hexOf(owner) === this.me) {
					events.addressed({ room, sender: hexOf(sender), excerpt });
				}
			},
		});
		const written = ({ room, sender, excerpt, recipient }: PrivateLine) => {
			const isOther = hexOf(sender) !== this.me;
			if (isOpen() && isOther && hexOf(recipient) === this.me && this.#isDirect(room)) {
				events.addressed({ room, sender: hexOf(sender), excerpt });
			}
		};
		listen(db.privateActivity, guard, { inserted: written, updated: written });
	}

	get queries(): readonly string[] {
		return talkQueries(this.me);
	}

	rooms(): readonly RoomFact[] {
		return readRooms(this.#sources.connection.db, this.me);
	}

	typing(room: number): readonly string[] {
		return readTyping(this.#sources.connection.db, this.me, room);
	}

	standing(): Standing | undefined {
		return readStanding(this.#sources.connection.db, this.me);
	}

	do(deed: Deed, settle: (result: CallResult) => void): void {
		this.#deeds.do(deed, settle);
	}

	send({ clientId, room, text, replyTo }: Outgoing, settle: (result: CallResult) => void): void {
		if (replyTo === undefined) {
			this.#deeds.call("postMessage", [room, clientId, text], settle);
		} else {
			this.#deeds.call("postReply", [room, clientId, text, BigInt(replyTo)], settle);
		}
	}

	quoted(seq: number): Promise<QuotedFact | undefined> {
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

	async moderationLog(): Promise<readonly ModerationFact[]> {
		const rows = await this.#sources.ask(
			`SELECT at, by, action, person, detail FROM moderation_log WHERE viewer = 0x${this.me}`,
		);
		return rows.map(readSqlModeration).sort((a, b) => b.atMs - a.atMs);
	}

	canEnter(room: number): boolean {
		const { db } = this.#sources.connection;
		return this.isPrivate(room) || [...db.room.iter()].some(({ id }) => id === room);
	}

	isPrivate(room: number): boolean {
		return this.privateRoom(room) !== undefined;
	}

	cut(): void {
		this.#deeds.cut();
	}

	#isDirect(room: number): boolean {
		return this.privateRoom(room)?.kind === DIRECT;
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
