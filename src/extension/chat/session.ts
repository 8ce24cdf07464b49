import type { Event } from "vscode";
import { EventEmitter, l10n } from "vscode";
import type { ConnectionState } from "../../shared/connectionState";
import type { TextLimits } from "../../shared/chat";
import { DEFAULT_LIMITS } from "../../shared/chat";
import type { Features } from "../../shared/room";
import { ALL_FEATURES, NO_FEATURES } from "../../shared/room";
import type { Backend, BackendSnapshot, MentionRow, MessageRow, Pages, RoomsApi } from "./backend";
import type { Address } from "../platform/address";
import type { ConnectionSources } from "../database/connection";
import { ChatConnection } from "../database/connection";
import { DisposableStore } from "../platform/disposable";
import { PageCache } from "./room/pageCache";
import { ChatSearch } from "./search/search";
import type { RoomMemory } from "./rooms";
import { ChatRooms } from "./rooms";
import { ChatStore } from "./room/chatStore";
import { Delivery } from "./outbox/delivery";
import { ComposerRequests } from "./outbox/composerRequests";
import type { Journal } from "./outbox/journal";
import { NO_PAGES } from "./room/pageRange";
import { isOnItsWay, mayBeThereSinceMs } from "./outbox/outbox";

/** Which identity was ours last in which database, so that lines wait for the right person. */
export interface Identities {
	of(addressKey: string): string | undefined;
	remember(addressKey: string, identity: string | undefined): void;
}

export interface SessionSources extends ConnectionSources {
	readonly rooms: RoomMemory;
	readonly journal: Journal;
	readonly identities: Identities;
}

/** The chat of this window: the connection, what it told, and what is on its way. */
export class ChatSession extends DisposableStore {
	readonly store = this.register(new ChatStore());
	readonly rooms: ChatRooms;
	readonly history: PageCache;
	readonly search: ChatSearch;
	readonly delivery: Delivery;
	/** Takes what is typed. */
	readonly lines: ComposerRequests;
	readonly connection: ChatConnection;
	readonly #onDidMention = this.register(new EventEmitter<MentionRow>());
	/** Somebody named us, or wrote to us alone, just now. */
	readonly onDidMention: Event<MentionRow> = this.#onDidMention.event;
	readonly #sources: SessionSources;
	#backend: Backend | undefined;
	#features: Features = NO_FEATURES;
	/** Where the store's content is from, and whose eyes saw it. */
	#origin: string | undefined;
	/** The database that the history is of. */
	#place: string | undefined;

	constructor(sources: SessionSources) {
		super();
		this.#sources = sources;
		this.rooms = this.register(new ChatRooms(sources.rooms));
		this.history = new PageCache(this.store, sources.log);
		this.search = new ChatSearch(this.store, () => this.#backend);
		this.delivery = this.register(new Delivery(sources.journal));
		this.lines = new ComposerRequests(this);
		this.register(this.delivery.onDidChange((outbox) => this.store.showOutbox(outbox)));
		this.connection = this.register(
			new ChatConnection(sources, {
				openRequest: () => this.history.openRequest(mayBeThereSinceMs(this.delivery.outbox)),
				applied: (backend, snapshot, me) => this.#applied(backend, snapshot, me),
				cut: () => this.#cut(),
				personChanged: (person, before) => this.store.personChanged(person, before),
				personGone: (identity) => this.store.personGone(identity),
				headMoved: (pages) => this.history.headMoved(pages),
				messageArrived: (row) => this.store.messageArrived(row, this.delivery.arrived(row)),
				messageChanged: (row) => this.#messageChanged(row),
				messageGone: (key) => this.store.messageGone(key),
				roomsChanged: () => this.rooms.touch(),
				mentioned: (mention) => this.#onDidMention.fire(mention),
			}),
		);
		this.register(
			this.store.quotes.onDidLearn((seq) => this.store.redraw(({ post }) => post?.replyTo === seq)),
		);
		this.register(this.delivery.onDidTimeOut(() => this.connection.rebuild()));
		this.register(
			this.connection.onDidChangeState(({ kind }) => {
				if (kind === "connecting") {
					this.#enter();
				}
			}),
		);
		this.#enter();
	}

	get state(): ConnectionState {
		return this.connection.state;
	}

	/** What the database can do that we are, or were last, connected to. */
	get features(): Features {
		return this.#features;
	}

	/** The database that is connected, and snapshot applied. */
	get backend(): Backend | undefined {
		return this.#backend;
	}

	/** Rooms, private talk and what came with them, while a database with those is connected. */
	get roomsApi(): RoomsApi | undefined {
		return this.#backend?.roomsApi;
	}

	/** The history of the database that we are connected to. */
	get pages(): Pages | undefined {
		return this.#backend?.pages;
	}

	get limits(): TextLimits {
		return this.#backend?.limits ?? DEFAULT_LIMITS;
	}

	/** The configured database, if the settings name one. */
	get address(): Address | undefined {
		const address = this.#sources.readAddress();
		return typeof address === "string" ? undefined : address;
	}

	/** Tries a line again. One that is still on its way gets a fresh connection, under its same id. */
	retry(clientId: string): void {
		if (isOnItsWay(this.delivery.outbox, clientId)) {
			this.connection.connect();
		} else {
			this.delivery.retry(clientId);
		}
	}

	/** Drops a line. For one that was handed to the server already, the link goes too: no answer counts. */
	discard(clientId: string): void {
		this.delivery.discard(clientId);
		if (isOnItsWay(this.delivery.outbox, clientId)) {
			this.connection.connect();
		}
	}

	/** Forgets who we are in the configured database, for good. */
	async forgetIdentity(): Promise<void> {
		if (this.address !== undefined) {
			this.#sources.identities.remember(this.address.key, undefined);
		}
		await this.connection.forgetIdentity();
	}

	/** Opens a room; where it can't be reached now, it is opened when the connection is back. */
	async enterRoom(room: number): Promise<void> {
		if (room === this.rooms.openId) {
			return;
		}
		this.rooms.enter(room);
		this.history.enter(room);
		this.search.end();
		const backend = this.#backend;
		this.store.enterRoom({ roomId: room, messages: [], window: NO_PAGES });
		this.store.showOutbox(this.delivery.outbox);
		const since = mayBeThereSinceMs(this.delivery.outbox);
		const readNow = await backend?.enter(this.history.openRequest(since));
		if (
			backend === undefined ||
			readNow === undefined ||
			backend !== this.#backend ||
			this.rooms.openId !== room
		) {
			return;
		}
		const snapshot = readNow();
		this.history.applied(backend, snapshot);
		this.rooms.applied(backend.roomsApi, snapshot.roomId);
		this.store.enterRoom(snapshot);
		this.store.showOutbox(this.delivery.outbox);
	}

	#messageChanged(row: MessageRow): void {
		this.store.messageChanged(row);
		this.store.quotes.forget(this.store.roomId, row.order);
		this.store.redraw(({ post }) => post?.replyTo === row.order);
	}

	/** Lines wait for their database and their sender: another one never gets them. */
	#enter(): void {
		const { address } = this;
		if (address?.key !== this.#place) {
			this.#place = address?.key;
			this.history.forget();
			this.rooms.enterDatabase(address?.key ?? "");
			this.history.enter(this.rooms.openId);
			this.store.enterRoom({ roomId: this.rooms.openId, messages: [], window: NO_PAGES });
			this.store.quotes.forget();
		}
		if (address !== undefined) {
			this.delivery.enter(address.key, this.#sources.identities.of(address.key));
		}
	}

	#applied(backend: Backend, snapshot: BackendSnapshot, me: string): void {
		const address = this.address;
		const origin = `${address?.key ?? ""}#${me}`;
		const isNew = origin !== this.#origin;
		if (isNew) {
			this.store.clear();
		}
		this.history.applied(backend, snapshot);
		const { roomsApi } = backend;
		this.#features = roomsApi === undefined ? NO_FEATURES : ALL_FEATURES;
		this.store.quotes.ask = roomsApi === undefined ? undefined : (seq) => roomsApi.quoted(seq);
		this.#origin = origin;
		this.#backend = backend;
		if (address !== undefined) {
			this.#sources.identities.remember(address.key, me);
			this.delivery.enter(address.key, me);
		}
		this.store.applied(snapshot, me, this.delivery.applied(backend, me, snapshot.messages));
		this.store.showOutbox(this.delivery.outbox);
		this.rooms.applied(backend.roomsApi, snapshot.roomId);
		if (isNew) {
			this.#welcome(address, me);
		}
	}

	/** The terminal client's "connected, subscriptions applied", and its hint. */
	#welcome(address: Address | undefined, me: string): void {
		const hasName = this.store.person(me)?.name !== undefined;
		const { database = "", server = "" } = address ?? {};
		this.store.notify({
			what: "sentence",
			tone: "quiet",
			sentence: hasName
				? l10n.t("Connected to {0} on {1}; the backlog is complete.", database, server)
				: l10n.t(
						"Connected to {0} on {1}; the backlog is complete. Type /name to set your name.",
						database,
						server,
					),
			...(hasName ? {} : { action: "setName" as const }),
		});
		if (!this.#sources.tokens.isKept) {
			this.store.notify({
				what: "sentence",
				tone: "problem",
				sentence: l10n.t(
					"VS Code could not keep your identity: after this window closes you will be somebody new.",
				),
			});
		}
	}

	#cut(): void {
		this.#backend = undefined;
		this.history.cut();
		this.rooms.cut();
		this.store.quotes.ask = undefined;
		this.delivery.cut();
		this.store.cut();
		this.store.showOutbox(this.delivery.outbox);
	}
}
