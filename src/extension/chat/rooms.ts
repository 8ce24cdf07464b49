import { EventEmitter } from "vscode";
import type { Event } from "vscode";
import type { ChatChange } from "../../shared/chat";
import type { OwnSanction } from "../../shared/person";
import type { Room } from "../../shared/room";
import { LOBBY } from "../../shared/room";
import type { RoomRow, RoomsApi } from "./backend";
import { DisposableStore } from "../platform/disposable";

/** A room id, and the room's creation time, which tells it from a later room with the same id. */
export interface RoomStamp {
	readonly id: number;
	/** Microseconds since the epoch; absent while no connection has told it. */
	readonly createdMicros?: number;
}

/** Muted rooms and the room that was open last, by database. Kept on this machine. */
export interface RoomMemory {
	isMuted(addressKey: string, room: number): boolean;
	mute(addressKey: string, room: number, isMuted: boolean): void;
	/** The room that was open last. */
	lastRoom(addressKey: string): RoomStamp | undefined;
	rememberRoom(addressKey: string, room: RoomStamp): void;
}

/** The only room of a database without rooms. */
const ONLY_LOBBY: RoomRow = {
	id: LOBBY,
	kind: "public",
	name: "",
	topic: "",
	isArchived: false,
	isJoined: true,
	isOwn: false,
	members: [],
	unread: 0,
	mentions: 0,
};

/** The rooms that the user may enter, with what the database reports about them. */
export class ChatRooms extends DisposableStore {
	readonly #onDidChange = this.register(new EventEmitter<readonly ChatChange[]>());
	/** The changes for the view, gathered over one microtask. */
	readonly onDidChange: Event<readonly ChatChange[]> = this.#onDidChange.event;

	readonly #memory: RoomMemory;
	readonly #openId: () => number;
	#addressKey = "";
	#api: RoomsApi | undefined;
	#rooms = new Map<number, Room>();
	#typing: readonly string[] = [];
	#ownSanction: OwnSanction | undefined;
	#isRefreshQueued = false;

	/** @param openId the id of the open room */
	constructor(memory: RoomMemory, openId: () => number) {
		super();
		this.#memory = memory;
		this.#openId = openId;
		this.#rooms = this.#read();
	}

	get all(): readonly Room[] {
		return [...this.#rooms.values()];
	}

	get(room: number): Room | undefined {
		return this.#rooms.get(room);
	}

	/** Identities of those who type in the open room. */
	get typing(): readonly string[] {
		return this.#typing;
	}

	get ownSanction(): OwnSanction | undefined {
		return this.#ownSanction;
	}

	/** The count of unread messages that mention the user or were sent to the user alone. */
	get mentions(): number {
		return this.all.reduce((count, room) => count + room.mentions, 0);
	}

	/** Goes to another database. */
	enterDatabase(addressKey: string): void {
		this.#addressKey = addressKey;
		this.#api = undefined;
		this.#rooms = new Map();
		this.refresh();
	}

	/** Reads from the database of a new connection. */
	attach(api: RoomsApi | undefined): void {
		this.#api = api;
		this.refresh();
	}

	/** Keeps the rooms while the connection is down; nobody types. */
	detach(): void {
		this.#api = undefined;
		if (this.#typing.length > 0) {
			this.#typing = [];
			this.#onDidChange.fire([{ type: "typingChanged", typing: [] }]);
		}
	}

	mute(room: number, isMuted: boolean): void {
		this.#memory.mute(this.#addressKey, room, isMuted);
		this.refresh();
	}

	/** Reads the rooms again soon, once for all calls of this microtask. */
	queueRefresh(): void {
		if (!this.#isRefreshQueued) {
			this.#isRefreshQueued = true;
			queueMicrotask(() => {
				this.#isRefreshQueued = false;
				this.refresh();
			});
		}
	}

	/** Reads the rooms again, and fires what changed. */
	refresh(): void {
		const changes: ChatChange[] = [];
		const before = this.#rooms;
		const isKnown = this.#api !== undefined || before.size === 0;
		this.#rooms = isKnown ? this.#read() : this.#withMutes(before);
		const upserts = this.all.filter((room) => !isSame(room, before.get(room.id)));
		const removed = [...before.keys()].filter((id) => !this.#rooms.has(id));
		if (upserts.length > 0 || removed.length > 0) {
			changes.push({ type: "roomsChanged", upserts, removed });
		}
		const typing = this.#api?.typing(this.#openId()) ?? [];
		if (!isSame(typing, this.#typing)) {
			this.#typing = typing;
			changes.push({ type: "typingChanged", typing });
		}
		const ownSanction = this.#api?.ownSanction();
		if (!isSame(ownSanction, this.#ownSanction)) {
			this.#ownSanction = ownSanction;
			changes.push({
				type: "ownSanctionChanged",
				...(ownSanction === undefined ? {} : { ownSanction }),
			});
		}
		if (changes.length > 0) {
			this.#onDidChange.fire(changes);
		}
	}

	#read(): Map<number, Room> {
		const rows = this.#api?.rooms() ?? [ONLY_LOBBY];
		return new Map(
			rows.map((row) => [
				row.id,
				{ ...row, isMuted: this.#memory.isMuted(this.#addressKey, row.id) },
			]),
		);
	}

	#withMutes(rooms: ReadonlyMap<number, Room>): Map<number, Room> {
		return new Map(
			[...rooms].map(([id, room]) => [
				id,
				{ ...room, isMuted: this.#memory.isMuted(this.#addressKey, id) },
			]),
		);
	}
}

/** Plain data, a few dozen rows at most. */
function isSame(a: unknown, b: unknown): boolean {
	return JSON.stringify(a) === JSON.stringify(b);
}
