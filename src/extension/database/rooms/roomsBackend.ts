import { pageOf } from "../../../shared/room";
import type { TextLimits } from "../../../shared/chat";
import { DEFAULT_LIMITS } from "../../../shared/chat";
import type { Person } from "../../../shared/person";
import { LOBBY } from "../../../module_bindings/client.generated";
import type {
	Backend,
	BackendSnapshot,
	CallResult,
	OpenRequest,
	Outgoing,
	Pages,
	ReadNow,
	RoomSnapshot,
	RoomsApi,
} from "../../chat/backend";
import { hexOf } from "../sdk/identityHex";
import type { Row } from "../sdk/moduleTypes";
import { pageInRoom, RoomPages } from "./roomPages";
import { RoomSearch } from "./roomSearch";
import { RoomsClient } from "./roomsClient";
import type { PostTables } from "./postTables";
import { toSafeNumber } from "../sdk/rows";
import { listen, listenToAll } from "../sdk/tableEvents";
import { PeopleRows, personTables } from "./roomRows";
import type { BackendSources } from "../sdk/backendBase";
import { BackendBase } from "../sdk/backendBase";

/** The chat of `server/`. Its posts have ids, so that a repeated call has no effect. */
export class RoomsBackend extends BackendBase implements Backend {
	readonly guarantee = "exactlyOnce";
	readonly roomsApi?: RoomsApi;
	readonly #search: RoomSearch | undefined;
	readonly #rooms: RoomsClient | undefined;
	#pages: RoomPages;

	constructor(sources: BackendSources) {
		super(sources);
		const { connection, events, guard, schema } = sources;
		this.#search = schema.canSearch ? new RoomSearch(connection, this.reducers) : undefined;
		this.#pages = this.#pagesOf(LOBBY);
		listen(connection.db.roomHead, guard, {
			updated: ({ room, page }) => {
				if (room === this.#pages.room) {
					this.#pages.follow(pageInRoom(page));
				}
			},
		});
		if (schema.hasRooms) {
			const roomsApi = new RoomsClient(
				sources,
				this.reducers,
				() => this.isOpen,
				() => this.#pages,
			);
			this.#rooms = roomsApi;
			this.roomsApi = roomsApi;
			for (const table of personTables(connection.db)) {
				listenToAll(table, guard, ({ identity }) => {
					const user = [...connection.db.user.iter()].find(
						(row) => row.identity.data === identity.data,
					);
					if (this.isOpen && user !== undefined) {
						const person = this.personOf(user);
						events.personChanged(person, person);
					}
				});
			}
		}
	}

	get pages(): Pages {
		return this.#pages;
	}

	get isSearchedByPages(): boolean {
		return this.#rooms?.isPrivate(this.#pages.room) === true;
	}

	get search(): Backend["search"] {
		const search = this.#search;
		const { room } = this.#pages;
		// The index of the database has public rooms only.
		return search === undefined || this.isSearchedByPages
			? undefined
			: (text, olderThan, onResult) => search.search(room, text, olderThan, onResult);
	}

	get limits(): TextLimits {
		const [row] = this.sources.connection.db.limits.iter();
		return row === undefined
			? DEFAULT_LIMITS
			: { messageLength: row.messageLength, nameLength: row.nameLength };
	}

	/**
	 * Sends a message with its id. Quickstart clients show only messages of the quickstart's reducers. So a
	 * message in the lobby is two calls, first the id and then the text, which one socket keeps in order.
	 */
	sendMessage(message: Outgoing, onResult: (result: CallResult) => void): void {
		if (message.room === LOBBY && message.replyTo === undefined) {
			this.reducers.send("announce", { clientId: message.clientId });
			this.reducers.call("sendMessage", { text: message.text }, onResult);
		} else if (this.#rooms === undefined) {
			onResult({ kind: "refused", reason: "room: There is no such room" });
		} else {
			this.#rooms.send(message, onResult);
		}
	}

	async enter(request: OpenRequest): Promise<ReadNow<RoomSnapshot> | undefined> {
		const room = this.#rooms?.canEnter(request.room) === true ? request.room : LOBBY;
		if (room !== this.#pages.room) {
			this.#pages.cut();
			this.#pages = this.#pagesOf(room);
		}
		const pages = this.#pages;
		const readNow = await pages.open(
			room === request.room ? request : { ...request, before: undefined },
		);
		return pages === this.#pages ? readNow : undefined;
	}

	override cut(): void {
		super.cut();
		this.#pages.cut();
	}

	protected override get baseQueries(): readonly string[] {
		return [
			...super.baseQueries,
			"SELECT * FROM room_head",
			"SELECT * FROM limits",
			...(this.sources.schema.canSearch ? ["SELECT * FROM search_result"] : []),
			...(this.#rooms?.queries ?? []),
		];
	}

	protected async openHistory(request: OpenRequest): Promise<ReadNow<BackendSnapshot>> {
		// Created after the subscription applied, the pages know the head of the lobby.
		this.#pages.cut();
		this.#pages = this.#pagesOf(LOBBY);
		const readNow = await this.enter(request);
		if (readNow === undefined) {
			throw new Error("The connection was closed while the room was opened");
		}
		return () => ({ people: this.people(), ...readNow() });
	}

	protected override peopleOf(users: readonly Row<"user">[]): Person[] {
		if (!this.sources.schema.hasRooms) {
			return super.peopleOf(users);
		}
		const [first, ...others] = users;
		const only = others.length === 0 ? first?.identity : undefined;
		const rows = new PeopleRows(this.sources.connection.db, only);
		return users.map((user) => rows.read(user));
	}

	#pagesOf(room: number): RoomPages {
		const { db } = this.sources.connection;
		const { hasRooms } = this.sources.schema;
		if (this.#rooms?.isPrivate(room) === true) {
			const { me } = this.#rooms;
			const isOwn = (row: { readonly recipient: Row<"user">["identity"] }) =>
				hexOf(row.recipient) === me;
			const own = this.#rooms.privateRoom(room);
			const activity = [...db.privateActivity.iter()].find(
				(row) => row.room === room && isOwn(row),
			);
			const head = pageOf(Math.max(0, toSafeNumber(activity?.nextSeq ?? 1n) - 1));
			const tables: PostTables = {
				name: "private_post",
				first: pageOf(toSafeNumber(own?.joinedSeq ?? 0n)),
				posts: db.privatePost,
				reactions: { name: "private_reaction", rows: db.privateReaction },
				andOwn: ` AND recipient = 0x${me}`,
				isOwn: (row) => isOwn(row as Row<"privatePost">),
			};
			return new RoomPages(this.sources, room, head, tables);
		}
		const head = [...db.roomHead.iter()].find((row) => row.room === room)?.page ?? 0n;
		return new RoomPages(this.sources, room, pageInRoom(head), {
			name: "post",
			first: 0,
			posts: db.post,
			...(hasRooms ? { reactions: { name: "reaction" as const, rows: db.reaction } } : {}),
			andOwn: "",
			isOwn: () => true,
		});
	}
}
