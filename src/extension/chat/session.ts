import type { Event } from "vscode";
import { EventEmitter, l10n } from "vscode";
import type { ConnectionState } from "../../shared/connectionState";
import type { TextLimits } from "../../shared/chat";
import { DEFAULT_LIMITS } from "../../shared/chat";
import type { Features, RoomAddress } from "../../shared/room";
import { ALL_FEATURES, LOBBY, NO_FEATURES } from "../../shared/room";
import type { Address, AddressProblem } from "../platform/address";
import { DisposableStore } from "../platform/disposable";
import type { Log } from "../platform/log";
import type { Backend, BackendSnapshot, MentionRow, RoomsApi, RoomSnapshot } from "./backend";
import type { Connection, ConnectionListener } from "./connection";
import { Delivery } from "./outbox/delivery";
import type { Journal } from "./outbox/journal";
import { isOnItsWay, mayBeThereSinceMs } from "./outbox/outbox";
import { People } from "./people";
import type { ReadingPosition } from "./room/openRoom";
import { OpenRoom } from "./room/openRoom";
import { noticesOf } from "./room/notices";
import { welcome } from "./room/welcome";
import type { RoomMemory, RoomStamp } from "./rooms";
import { ChatRooms } from "./rooms";
import { RoomNotices } from "./roomNotices";

/** The identity that the user had last in each database, so that queued messages wait for it. */
interface Identities {
	of(addressKey: string): string | undefined;
	remember(addressKey: string, identity: string | undefined): void;
}

export interface SessionSources {
	readonly rooms: RoomMemory;
	readonly journal: Journal;
	readonly identities: Identities;
	readonly tokens: { readonly isKept: boolean };
	readonly log: Pick<Log, "error">;
	readAddress(): Address | AddressProblem;
	/** Makes the connection of this session. */
	connect(listener: ConnectionListener): Connection;
}

/** The chat of this window: its connection, its people and rooms, the open room, and the outbox. */
export class ChatSession extends DisposableStore {
	readonly people = this.register(new People());
	readonly rooms: ChatRooms;
	readonly delivery: Delivery;
	readonly connection: Connection;
	readonly #onDidMention = this.register(new EventEmitter<MentionRow>());
	/** A message that was just sent, and mentions the user or was sent to the user alone. */
	readonly onDidMention: Event<MentionRow> = this.#onDidMention.event;
	readonly #onDidOpenRoom = this.register(new EventEmitter<OpenRoom>());
	/** Fired when `openRoom` is a different object. */
	readonly onDidOpenRoom: Event<OpenRoom> = this.#onDidOpenRoom.event;
	readonly #onDidReset = this.register(new EventEmitter<void>());
	/** Fired when anything may have changed; re-read the session. */
	readonly onDidReset: Event<void> = this.#onDidReset.event;

	readonly #sources: SessionSources;
	#open: OpenRoom;
	/** Positions in rooms that were left, by room id. */
	readonly #positions = new Map<number, ReadingPosition>();
	/** The room that the connection under way was asked to open. */
	#requestedRoom: OpenRoom | undefined;
	readonly #roomNotices: RoomNotices;
	/** The room that was open and that the user can't enter any more, until a notice reported it. */
	#closed: RoomStamp | undefined;
	#backend: Backend | undefined;
	#features: Features = NO_FEATURES;
	/** The database whose rooms these are. */
	#addressKey: string | undefined;
	/** The database and identity of the last connection. */
	#databaseAndIdentity: string | undefined;

	constructor(sources: SessionSources) {
		super();
		this.#sources = sources;
		this.#open = this.#makeRoom({ id: LOBBY });
		this.rooms = this.register(new ChatRooms(sources.rooms, () => this.#open.id));
		this.delivery = this.register(new Delivery(sources.journal));
		this.register(this.delivery.onDidChange((outbox) => this.#open.showOutbox(outbox)));
		this.#roomNotices = this.register(new RoomNotices(this));
		this.register({ dispose: () => this.#open.dispose() });
		this.connection = this.register(
			sources.connect({
				openRequest: () => {
					this.#requestedRoom = this.#open;
					return this.#open.openRequest(mayBeThereSinceMs(this.delivery.outbox));
				},
				applied: (backend, snapshot, me) => this.#applied(backend, snapshot, me),
				cut: () => this.#cut(),
				personChanged: (person, before) => {
					this.people.set(person);
					for (const notice of noticesOf(person, before, this.people.me)) {
						this.#open.log.notify(notice);
					}
				},
				personGone: (identity) => this.people.delete(identity),
				pagesBegun: (pages) => this.#open.pages.pagesBegun(pages),
				messageArrived: (row) => this.#open.log.messageArrived(row, this.delivery.arrived(row)),
				messageChanged: (row) => this.#open.messageChanged(row),
				messageGone: (key) => this.#open.log.messageGone(key),
				roomsChanged: () => this.rooms.queueRefresh(),
				mentioned: (mention) => this.#onDidMention.fire(mention),
			}),
		);
		this.register(this.delivery.onDidTimeOut(() => this.connection.rebuild()));
		this.register(
			this.connection.onDidChangeState(({ kind }) => {
				if (kind === "connecting") {
					this.#enterDatabase();
				}
			}),
		);
		this.#enterDatabase();
	}

	get state(): ConnectionState {
		return this.connection.state;
	}

	/** The room that is open, whether the server can be reached or not. */
	get openRoom(): OpenRoom {
		return this.#open;
	}

	/** Features of the database of this connection, or of the last one. */
	get features(): Features {
		return this.#features;
	}

	/** The connected database, once its first answer is applied. */
	get backend(): Backend | undefined {
		return this.#backend;
	}

	/** Rooms and what came with them, while a database that has them is connected. */
	get roomsApi(): RoomsApi | undefined {
		return this.#backend?.roomsApi;
	}

	get limits(): TextLimits {
		return this.#backend?.limits ?? DEFAULT_LIMITS;
	}

	/** The configured database, if the settings name one. */
	get address(): Address | undefined {
		const address = this.#sources.readAddress();
		return typeof address === "string" ? undefined : address;
	}

	/** The address of a room, for requests and drafts that are meant for this room and no other. */
	roomAddress(id: number): RoomAddress {
		const { createdMicros } = this.#stampOf(id);
		return {
			database: this.#addressKey ?? "",
			room: id,
			...(createdMicros === undefined ? {} : { createdMicros }),
		};
	}

	#stampOf(id: number): RoomStamp {
		if (id === this.#open.id && this.#open.createdMicros !== undefined) {
			return { id, createdMicros: this.#open.createdMicros };
		}
		const last = this.#sources.rooms.lastRoom(this.#addressKey ?? "");
		const createdMicros =
			this.rooms.get(id)?.createdMicros ?? (last?.id === id ? last.createdMicros : undefined);
		return createdMicros === undefined ? { id } : { id, createdMicros };
	}

	/**
	 * Returns why this window cannot act on a room, as a sentence; `undefined` where it can.
	 * A request for another database, or for a room whose id another room has now, is refused.
	 */
	problemWith({ database, room, createdMicros }: RoomAddress): string | undefined {
		if (database !== this.#addressKey || database !== this.address?.key) {
			return l10n.t("This was meant for another database, so it was not done.");
		}
		const current = this.roomAddress(room).createdMicros;
		const isReplaced =
			current !== undefined && createdMicros !== undefined && current !== createdMicros;
		const isMissing = this.#backend !== undefined && this.rooms.get(room) === undefined;
		return isReplaced || isMissing
			? l10n.t("This was meant for a room that you are not in, so it was not done.")
			: undefined;
	}

	/** Sends a message again. For a message without an answer, reconnects: the outbox sends it again. */
	retry(clientId: string): void {
		if (isOnItsWay(this.delivery.outbox, clientId)) {
			this.connection.connect();
		} else {
			this.delivery.retry(clientId);
		}
	}

	/** Drops a message. For a message in flight, reconnects: it is dropped unless the database has it. */
	discard(clientId: string): void {
		this.delivery.discard(clientId);
		if (isOnItsWay(this.delivery.outbox, clientId)) {
			this.connection.connect();
		}
	}

	/** Forgets the user's identity in the configured database, for good. */
	async forgetIdentity(): Promise<void> {
		if (this.address !== undefined) {
			this.#sources.identities.remember(this.address.key, undefined);
		}
		await this.connection.forgetIdentity();
	}

	/** Opens a room. Without a connection, the next one loads its messages. */
	async enterRoom(id: number): Promise<void> {
		if (id === this.#open.id) {
			return;
		}
		const room = this.#replaceRoom(id);
		if (this.#backend !== undefined) {
			await this.#load(this.#backend, room);
		}
	}

	/** Loads a room over a live connection; drops the answer if the user has left the room since. */
	async #load(backend: Backend, room: OpenRoom): Promise<void> {
		const readNow = await backend.enter(room.openRequest(mayBeThereSinceMs(this.delivery.outbox)));
		if (readNow !== undefined && room === this.#open && backend === this.#backend) {
			this.#attach(backend, readNow());
		}
	}

	/** Shows a snapshot in the open room, or in the room that the server let the user into. */
	#attach(
		backend: Backend,
		snapshot: RoomSnapshot,
		ownIds: ReadonlyMap<string, string> = new Map(),
	): void {
		const isElsewhere = snapshot.roomId !== this.#open.id;
		const closed = isElsewhere ? this.#stampOf(this.#open.id) : this.#closed;
		this.#closed = undefined;
		const room = isElsewhere ? this.#replaceRoom(snapshot.roomId) : this.#open;
		room.createdMicros ??= this.rooms.get(room.id)?.createdMicros;
		room.attach(backend, snapshot, ownIds);
		room.showOutbox(this.delivery.outbox);
		this.#roomNotices.attach(room, closed);
		this.#rememberRoom();
		this.#onDidReset.fire();
	}

	#makeRoom(stamp: RoomStamp): OpenRoom {
		return new OpenRoom(stamp, this.people, this.#sources.log, this.#positions.get(stamp.id));
	}

	/** Leaves the open room for another one, or for the same one of another database or identity. */
	#replaceRoom(id: number): OpenRoom {
		const left = this.#open;
		this.#positions.set(left.id, left.position);
		const stamp = this.#stampOf(id);
		left.dispose();
		const room = this.#makeRoom(stamp);
		this.#open = room;
		this.#rememberRoom();
		room.showOutbox(this.delivery.outbox);
		this.rooms.refresh();
		this.#onDidOpenRoom.fire(room);
		return room;
	}

	#rememberRoom(): void {
		if (this.#addressKey !== undefined) {
			const { room: id, createdMicros } = this.roomAddress(this.#open.id);
			const stamp = createdMicros === undefined ? { id } : { id, createdMicros };
			this.#sources.rooms.rememberRoom(this.#addressKey, stamp);
		}
	}

	/** Follows the settings to another database; queued messages wait for their database and sender. */
	#enterDatabase(): void {
		const { address } = this;
		if (address?.key !== this.#addressKey) {
			this.#addressKey = address?.key;
			this.#roomNotices.forgetTitles();
			this.rooms.enterDatabase(address?.key ?? "");
			const last = this.#sources.rooms.lastRoom(address?.key ?? "");
			this.#openWithoutPositions(last?.id ?? LOBBY);
		}
		if (address !== undefined) {
			this.delivery.enter(address.key, this.#sources.identities.of(address.key));
		}
	}

	/** Opens a room with nothing kept of any room: they are of another database or identity. */
	#openWithoutPositions(id: number): void {
		this.#replaceRoom(id);
		this.#positions.clear();
	}

	#applied(backend: Backend, snapshot: BackendSnapshot, me: string): void {
		// The settings may name another database by now; this is the one that was connected.
		const addressKey = this.#addressKey ?? "";
		const origin = `${addressKey}#${me}`;
		const isNew = origin !== this.#databaseAndIdentity;
		const isOtherDatabaseOrIdentity = isNew && this.#databaseAndIdentity !== undefined;
		this.#databaseAndIdentity = origin;
		this.#backend = backend;
		this.#features = backend.roomsApi === undefined ? NO_FEATURES : ALL_FEATURES;
		this.people.attach(snapshot.people, me);
		this.rooms.attach(backend.roomsApi);
		this.#closed = this.#replacedRoom();
		if (this.#closed !== undefined) {
			this.#openWithoutPositions(LOBBY);
		}
		const isRequested = this.#requestedRoom === this.#open;
		this.#requestedRoom = undefined;
		if (isOtherDatabaseOrIdentity) {
			this.#openWithoutPositions(this.#open.id);
		}
		this.#sources.identities.remember(addressKey, me);
		this.delivery.enter(addressKey, me);
		const ownIds = this.delivery.applied(backend, me, snapshot.messages);
		if (isRequested || backend.roomsApi === undefined) {
			this.#attach(backend, snapshot, ownIds);
		} else {
			// The user entered another room while the connection was being made.
			this.#onDidReset.fire();
			void this.#load(backend, this.#open);
		}
		if (isNew) {
			const hasName = this.people.get(me)?.name !== undefined;
			for (const notice of welcome(this.address, hasName, this.#sources.tokens.isKept)) {
				this.#open.log.notify(notice);
			}
		}
	}

	/** Returns the open room if the database has another room under its id now. */
	#replacedRoom(): RoomStamp | undefined {
		const { id, createdMicros } = this.#open;
		const current = this.rooms.get(id)?.createdMicros;
		return createdMicros !== undefined && current !== undefined && current !== createdMicros
			? { id, createdMicros }
			: undefined;
	}

	#cut(): void {
		this.#backend = undefined;
		this.#roomNotices.detach();
		this.people.detach();
		this.#open.detach();
		this.rooms.detach();
		this.delivery.cut();
		this.#open.showOutbox(this.delivery.outbox);
		this.#onDidReset.fire();
	}
}
