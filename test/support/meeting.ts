import { createIdentity } from "../../scripts/lib/databases.mjs";
import { Caller, isPrivate, LOBBY } from "./callers";
import { liftRates, publishAs } from "./chatServer";
import type { Post, Verdict } from "./found";
import { postOf, verdictOn } from "./found";
import type { TestWindow } from "./testWindow";
import { until } from "./until";

/** The kinds of rooms that must lose no message. */
export const ROOM_KINDS = ["the lobby", "a private room"] as const;
export type RoomKind = (typeof ROOM_KINDS)[number];

/**
 * A rooms database with a room of one kind, in which windows chat, and one of the other kind. The private
 * room has a host, who is its first member and sends nothing.
 */
export class Meeting {
	readonly database: string;
	readonly kind: RoomKind;
	/** The room of the meeting; every participant may enter the other room too. */
	readonly room: number;
	readonly otherRoom: number;
	readonly #url: string;
	readonly #owner: Caller;
	readonly #host: Caller;
	readonly #privateRoom: number;
	readonly #members = new Map<string, Caller>();

	private constructor(
		url: string,
		database: string,
		kind: RoomKind,
		people: { readonly owner: Caller; readonly host: Caller },
		privateRoom: number,
	) {
		this.#url = url;
		this.database = database;
		this.kind = kind;
		this.#owner = people.owner;
		this.#host = people.host;
		this.#privateRoom = privateRoom;
		this.room = kind === "the lobby" ? LOBBY : privateRoom;
		this.otherRoom = kind === "the lobby" ? privateRoom : LOBBY;
	}

	/** @param hasRates keeps the module's rate limits */
	static async begin(
		{ url }: { readonly url: string },
		database: string,
		kind: RoomKind,
		{ hasRates = false } = {},
	): Promise<Meeting> {
		const publisher = await publishAs({ url }, database, "ours");
		if (!hasRates) {
			await liftRates({ url }, database, publisher);
		}
		const owner = new Caller(url, database, publisher);
		const host = new Caller(url, database, await createIdentity(url));
		await host.do("create_room", "Meeting", "", true, "meeting");
		const [[room] = []] = await host.rows("SELECT room FROM private_room");
		return new Meeting(url, database, kind, { owner, host }, Number(room));
	}

	/** Makes a person a member of the private room. */
	async invite(identity: string): Promise<void> {
		await this.#host.do("invite", this.#privateRoom, [`0x${identity}`]);
	}

	/** Keeps a member who reads the private room; in the lobby all people see the same. */
	attend(identity: string, token: string): void {
		if (this.kind === "the lobby") {
			return;
		}
		this.#members.set(identity, new Caller(this.#url, this.database, { identity, token }));
	}

	/** Takes a window that is online into the room. */
	async admit(window: TestWindow): Promise<void> {
		if (this.kind === "the lobby") {
			return;
		}
		await this.invite(window.me);
		await until("the window is a member", () => window.session.rooms.get(this.room) !== undefined);
		await window.session.enterRoom(this.room);
		// The window stores its token a moment after the first connection.
		const token = await until("the token is kept", () => [...window.secrets.stored.values()][0]);
		this.attend(window.me, token);
	}

	/** Returns the messages of the room, or of the other one, as a fresh reader sees them. */
	async posts(room = this.room, reader = this.#readerOf(room)): Promise<Post[]> {
		const table = isPrivate(room) ? "private_post" : "post";
		const rows = await reader.rows(`SELECT seq, sender, text FROM ${table} WHERE room = ${room}`);
		return rows.map(postOf).sort((a, b) => a.seq - b.seq);
	}

	/**
	 * Compares the messages of each sender, in order, with those that fresh readers see. In a private room
	 * each member reads their own rows, which must equal the host's from joining on.
	 *
	 * @param said sent texts by identity, each text once
	 */
	async judge(said: ReadonlyMap<string, readonly string[]>): Promise<Verdict> {
		const all = await this.posts();
		let differing = 0;
		for (const member of this.#members.values()) {
			const query = `SELECT joined_seq FROM private_room WHERE room = ${this.room}`;
			const [[joined] = []] = await member.rows(query);
			const expected = all.filter(({ seq }) => seq >= Number(joined));
			const own = await this.posts(this.room, member);
			differing += own.length > 0 && JSON.stringify(own) === JSON.stringify(expected) ? 0 : 1;
		}
		return { ...verdictOn(all, said), differing };
	}

	/** Compares the other room, as seen by one reader. */
	async judgeOther(said: ReadonlyMap<string, readonly string[]>): Promise<Verdict> {
		return { ...verdictOn(await this.posts(this.otherRoom), said), differing: 0 };
	}

	/** Returns a reader who sees a room once; the owner would see all members' rows of a private room. */
	#readerOf(room: number): Caller {
		return isPrivate(room) ? this.#host : this.#owner;
	}
}
