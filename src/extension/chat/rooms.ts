import { EventEmitter } from "vscode";
import type { Event } from "vscode";
import type { ChatChange } from "../../shared/chat";
import type { OwnSanction } from "../../shared/person";
import type { Room } from "../../shared/room";
import { LOBBY } from "../../shared/room";
import type { RoomRow, RoomsApi } from "./backend";
import { DisposableStore } from "../platform/disposable";

/** Which rooms somebody wants to hear less of, by database. Kept on this machine. */
export interface RoomMemory {
	isMuted(addressKey: string, room: number): boolean;
	mute(addressKey: string, room: number, isMuted: boolean): void;
	/** The room that was open last. */
	lastRoom(addressKey: string): number | undefined;
	rememberRoom(addressKey: string, room: number): void;
}

/** The one room of a database that has no others. */
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

/** The rooms one may enter, which one is open, and what one is told of it beside messages. */
export class ChatRooms extends DisposableStore {
	readonly #onDidChange = this.register(new EventEmitter<readonly ChatChange[]>());
	/** What is another now, as the view is told of it. */
	readonly onDidChange: Event<readonly ChatChange[]> = this.#onDidChange.event;

	readonly #memory: RoomMemory;
	#addressKey = "";
	#api: RoomsApi | undefined;
	#open = LOBBY;
	#rooms = new Map<number, Room>();
	#typing: readonly string[] = [];
	#ownSanction: OwnSanction | undefined;
	#isStale = false;

	constructor(memory: RoomMemory) {
		super();
		this.#memory = memory;
		this.#rooms = this.#read();
	}

	/** The room that is open, whether it can be reached now or not. */
	get openId(): number {
		return this.#open;
	}

	get open(): Room | undefined {
		return this.#rooms.get(this.#open);
	}

	get all(): readonly Room[] {
		return [...this.#rooms.values()];
	}

	get(room: number): Room | undefined {
		return this.#rooms.get(room);
	}

	get typing(): readonly string[] {
		return this.#typing;
	}

	get ownSanction(): OwnSanction | undefined {
		return this.#ownSanction;
	}

	/** Messages that name one, or were written to one alone, and are not read. */
	get mentions(): number {
		return this.all.reduce((count, room) => count + room.mentions, 0);
	}

	/** Goes to a database: the room that was open there last is open again. */
	enterDatabase(addressKey: string): void {
		if (addressKey !== this.#addressKey) {
			this.#addressKey = addressKey;
			this.#api = undefined;
			this.#open = this.#memory.lastRoom(addressKey) ?? LOBBY;
			this.#look();
		}
	}

	/** A fresh picture of a database, with this room open. */
	applied(roomsApi: RoomsApi | undefined, open: number): void {
		this.#api = roomsApi;
		this.enter(open);
	}

	/** The connection is gone: nobody can be said to type. */
	cut(): void {
		this.#api = undefined;
		if (this.#typing.length > 0) {
			this.#typing = [];
			this.#onDidChange.fire([{ type: "typingChanged", typing: [] }]);
		}
	}

	enter(room: number): void {
		this.#open = room;
		this.#memory.rememberRoom(this.#addressKey, room);
		this.#look();
	}

	mute(room: number, isMuted: boolean): void {
		this.#memory.mute(this.#addressKey, room, isMuted);
		this.#look();
	}

	/** Something in the database is another now; what that changes is told once for all of it. */
	touch(): void {
		if (!this.#isStale) {
			this.#isStale = true;
			queueMicrotask(() => {
				this.#isStale = false;
				this.#look();
			});
		}
	}

	#read(): Map<number, Room> {
		const facts = this.#api?.rooms() ?? [ONLY_LOBBY];
		return new Map(
			facts.map((fact) => [
				fact.id,
				{ ...fact, isMuted: this.#memory.isMuted(this.#addressKey, fact.id) },
			]),
		);
	}

	#look(): void {
		const changes: ChatChange[] = [];
		const before = this.#rooms;
		const isKnown = this.#api !== undefined || before.size === 0;
		this.#rooms = isKnown ? this.#read() : this.#withMutes(before);
		const upserts = this.all.filter((room) => !isSame(room, before.get(room.id)));
		const removed = [...before.keys()].filter((id) => !this.#rooms.has(id));
		if (upserts.length > 0 || removed.length > 0) {
			changes.push({ type: "roomsChanged", upserts, removed });
		}
		const typing = this.#api?.typing(this.#open) ?? [];
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
