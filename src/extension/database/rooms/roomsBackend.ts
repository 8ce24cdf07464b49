import type { TextLimits } from "../../../shared/chat";
import { DEFAULT_LIMITS } from "../../../shared/chat";
import type { Person } from "../../../shared/person";
import { LOBBY } from "../../../shared/room";
import type { PrivatePost, User } from "../../../module_bindings/index";
import { searchPages } from "../../chat/search/searchPages";
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
import { DatabaseRooms } from "./databaseRooms";
import { pageInRoom, RoomPages } from "./roomPages";
import { RoomSearch } from "./roomSearch";
import type { RoomTables } from "./roomTables";
import { pageOf, toSafeNumber } from "../sdk/rows";
import { listen, listenToAll } from "../sdk/tableEvents";
import { PeopleRows, personTables } from "./roomRows";
import type { BackendSources } from "../sdk/backendBase";
import { BackendBase } from "../sdk/backendBase";

/** The chat of `server/`: posts with ids, so that a repeat is heard once. */
export class RoomsBackend extends BackendBase implements Backend {
	readonly guarantee = "exactlyOnce";
	readonly roomsApi?: RoomsApi;
	readonly #search: RoomSearch | undefined;
	readonly #rooms: DatabaseRooms | undefined;
	#pages: RoomPages;

	constructor(sources: BackendSources) {
		super(sources);
		const { connection, events, guard, schema } = sources;
		this.#search = schema.canSearch ? new RoomSearch(sources) : undefined;
		this.#pages = this.#pagesOf(LOBBY);
		listen(connection.db.roomHead, guard, {
			updated: ({ room, page }) => {
				if (room === this.#pages.room) {
					this.#pages.follow(pageInRoom(page));
				}
			},
		});
		if (schema.hasRooms) {
			const roomsApi = new DatabaseRooms(
				sources,
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

	get search(): NonNullable<Backend["search"]> | undefined {
		const search = this.#search;
		const pages = this.#pages;
		if (this.#rooms?.isPrivate(pages.room) === true) {
			// Private talk is in no index.
			return (text, olderThan, signal, onResult) => {
				void searchPages(pages, text, olderThan, signal).then((answer) => {
					if (answer !== undefined) {
						onResult(answer);
					}
				});
			};
		}
		return search === undefined
			? undefined
			: (text, olderThan, _signal, onResult) => search.ask(pages.room, text, olderThan, onResult);
	}

	get limits(): TextLimits {
		const [row] = this.sources.connection.db.limits.iter();
		return row === undefined
			? DEFAULT_LIMITS
			: { messageLength: row.messageLength, nameLength: row.nameLength };
	}

	/**
	 * A tutorial client shows only what comes from the tutorial's reducers. So in the lobby the id is
	 * announced and the text sent by those; both go over one socket, hence in this order.
	 */
	sendMessage(message: Outgoing, onResult: (result: CallResult) => void): void {
		if (message.room === LOBBY && message.replyTo === undefined) {
			this.reducers.tell("announce", message.clientId);
			this.sayText(message.text, onResult);
		} else if (this.#rooms === undefined) {
			onResult({ kind: "refused", reason: "room: There is no such room" });
		} else {
			this.#rooms.send(message, onResult);
		}
	}

	async enter(wish: OpenRequest): Promise<ReadNow<RoomSnapshot> | undefined> {
		const room = this.#rooms?.canEnter(wish.room) === true ? wish.room : LOBBY;
		if (room !== this.#pages.room) {
			this.#pages.cut();
			this.#pages = this.#pagesOf(room);
		}
		const pages = this.#pages;
		const readNow = await pages.open(room === wish.room ? wish : { ...wish, before: undefined });
		return pages === this.#pages ? readNow : undefined;
	}

	override cut(): void {
		super.cut();
		this.#search?.cut();
		this.#rooms?.cut();
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

	protected async openHistory(wish: OpenRequest): Promise<ReadNow<BackendSnapshot>> {
		// The head of the lobby is known now.
		this.#pages.cut();
		this.#pages = this.#pagesOf(LOBBY);
		const readNow = await this.enter(wish);
		if (readNow === undefined) {
			throw new Error("The link was cut while it was opened");
		}
		return () => ({ people: this.people(), ...readNow() });
	}

	protected override peopleOf(users: readonly User[]): Person[] {
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
			const isMine = (row: { readonly recipient: User["identity"] }) => hexOf(row.recipient) === me;
			const own = this.#rooms.privateRoom(room);
			const activity = [...db.privateActivity.iter()].find(
				(row) => row.room === room && isMine(row),
			);
			const head = pageOf(Math.max(0, toSafeNumber(activity?.nextSeq ?? 1n) - 1));
			const tables: RoomTables = {
				name: "private_post",
				first: pageOf(toSafeNumber(own?.joinedSeq ?? 0n)),
				posts: db.privatePost,
				reactions: { name: "private_reaction", rows: db.privateReaction },
				andMine: ` AND recipient = 0x${me}`,
				isMine: (row) => isMine(row as PrivatePost),
			};
			return new RoomPages(this.sources, room, head, tables);
		}
		const head = [...db.roomHead.iter()].find((row) => row.room === room)?.page ?? 0n;
		return new RoomPages(this.sources, room, pageInRoom(head), {
			name: "post",
			first: 0,
			posts: db.post,
			...(hasRooms ? { reactions: { name: "reaction" as const, rows: db.reaction } } : {}),
			andMine: "",
			isMine: () => true,
		});
	}
}
