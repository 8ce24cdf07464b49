import { callReducer, createIdentity, sql } from "../../scripts/lib/databases.mjs";
import { startServer } from "../../scripts/lib/spacetimedb.mjs";
import type { Server } from "./chatServer";
import { liftRates, publishAs } from "./chatServer";
import { until } from "./until";

export const LOBBY = 1;
export const RANK = { member: 0, moderator: 1, owner: 2 } as const;
/** Longer than the module's timer waits before it writes a room's last activity. */
export const ACTIVITY_MS = 1_500;

/** A rooms database on a server of its own, without rate limits. */
export class ChatWorld {
	readonly server: Server;
	readonly database: string;
	/** The publisher, who bypasses every row filter and never chats. */
	readonly publisher: Caller;
	#posts = 0;

	private constructor(server: Server, database: string, publisher: Caller) {
		this.server = server;
		this.database = database;
		this.publisher = publisher;
	}

	static async open(database: string, on?: Server): Promise<ChatWorld> {
		const server = on ?? (await startServer());
		const publisher = await publishAs(server, database, "ours");
		await liftRates(server, database, publisher);
		return new ChatWorld(server, database, new Caller(server.url, database, publisher));
	}

	/** Makes a new person, with a name if one is given. */
	async person(name?: string): Promise<Caller> {
		const person = new Caller(
			this.server.url,
			this.database,
			await createIdentity(this.server.url),
		);
		// The first call adds the person to the database.
		await (name === undefined ? person.do("mark_read", LOBBY, 0) : person.do("set_name", name));
		return person;
	}

	async people(count: number): Promise<Caller[]> {
		const people: Caller[] = [];
		while (people.length < count) {
			people.push(await this.person());
		}
		return people;
	}

	async moderator(): Promise<Caller> {
		return this.ranked(RANK.moderator);
	}

	/** Makes a new person with this role. */
	async ranked(role: number): Promise<Caller> {
		const person = await this.person();
		await this.publisher.do("set_role", person.id, role);
		return person;
	}

	/** Makes a room. @returns its id */
	async room(maker: Caller, isPrivate: boolean, name = `room ${++this.#posts}`): Promise<number> {
		await maker.do("create_room", name, "", isPrivate, this.clientId());
		const rows = isPrivate
			? await maker.rows("SELECT room, name FROM private_room")
			: await maker.rows("SELECT id, name FROM room");
		return Number(rows.find(([, found]) => found === name)?.[0]);
	}

	/** Makes a private room with these people. @returns its id */
	async roomOf(host: Caller, ...others: Caller[]): Promise<number> {
		const room = await this.room(host, true);
		for (const other of others) {
			await host.do("invite", room, other.id);
		}
		return room;
	}

	/** Opens the direct message of two people. @returns its id */
	async direct(one: Caller, other: Caller): Promise<number> {
		await one.do("open_direct", other.id);
		const rows = await one.rows("SELECT room, members FROM private_room WHERE kind = 2");
		return Number(
			rows.find(([, members]) => JSON.stringify(members).includes(other.identity))?.[0],
		);
	}

	/** Sends a message. @returns its number in the room */
	async say(sender: Caller, room: number, text: string): Promise<number> {
		const clientId = this.clientId();
		await sender.do("post_message", room, clientId, text);
		const table = isPrivate(room) ? "private_post" : "post";
		const rows = await sender.rows(`SELECT seq, client_id FROM ${table} WHERE room = ${room}`);
		return Number(rows.find(([, found]) => found === clientId)?.[0]);
	}

	clientId(): string {
		return `id-${++this.#posts}`;
	}

	async close(): Promise<void> {
		await this.server.stop();
	}
}

/** Returns true for the id of a private room, as of `server/src/room.rs`. */
export function isPrivate(room: number): boolean {
	return room >= 2 ** 30;
}

/** A person who calls reducers over HTTP, and reads by SQL the rows that they may see. */
export class Caller {
	readonly identity: string;
	readonly token: string;
	readonly #url: string;
	readonly #database: string;

	constructor(
		url: string,
		database: string,
		{ identity, token }: { readonly identity: string; readonly token: string },
	) {
		this.#url = url;
		this.#database = database;
		this.identity = identity;
		this.token = token;
	}

	/** The identity as an argument of a reducer. */
	get id(): readonly [string] {
		return [`0x${this.identity}`];
	}

	/** The identity as a value in SQL. */
	get sql(): string {
		return `0x${this.identity}`;
	}

	/** Calls a reducer. @returns "ok", or the reducer's message */
	async call(reducer: string, ...args: unknown[]): Promise<string> {
		const answer = await callReducer(this.#url, this.#database, this.token, reducer, args);
		return answer.ok ? "ok" : answer.message;
	}

	/** Calls a reducer. @returns "ok", or the code of the refusal */
	async code(reducer: string, ...args: unknown[]): Promise<string> {
		return (await this.call(reducer, ...args)).split(":")[0] ?? "";
	}

	/** Calls a reducer. @throws an error with the reducer's message */
	async do(reducer: string, ...args: unknown[]): Promise<void> {
		const answer = await this.call(reducer, ...args);
		if (answer !== "ok") {
			throw new Error(`${reducer}: ${answer}`);
		}
	}

	/** Reads rows: identities in hex, times in microseconds, options as the value or `undefined`. */
	async rows(query: string): Promise<unknown[][]> {
		const rows = await sql(this.#url, this.#database, this.token, query);
		return rows.map((row) => row.map(plain));
	}

	/** Waits until the rows are these. */
	async sees(query: string, rows: unknown[][], limitMs?: number): Promise<void> {
		let last: unknown;
		await until(
			`${query} gives ${JSON.stringify(rows)}`,
			async () => {
				last = await this.rows(query);
				if (JSON.stringify(last) !== JSON.stringify(rows)) {
					throw new Error(`it gives ${JSON.stringify(last)}`);
				}
				return true;
			},
			limitMs,
		);
	}
}

/** Simplifies a value: SQL over HTTP writes sums as `[tag, value]`, identities and times as products. */
function plain(value: unknown): unknown {
	if (!Array.isArray(value)) {
		return value;
	}
	const [first, second] = value as unknown[];
	if (value.length === 1 && !Array.isArray(first)) {
		return typeof first === "string" ? first.replace(/^0x/, "").padStart(64, "0") : first;
	}
	if (first === 0) {
		return plain(second);
	}
	return first === 1 && Array.isArray(second) && second.length === 0 ? undefined : value;
}
