import type { Memento } from "vscode";
import type { RoomMemory } from "../chat/rooms";
import type { Identities } from "../chat/session";
import type { Address } from "./address";

const USED = "spacetimedbChat.used";
const IDENTITY = "spacetimedbChat.identity:";
const ROOM = "spacetimedbChat.room:";
const MUTED = "spacetimedbChat.muted:";
const INSECURE = "spacetimedbChat.insecureServers";

/** What is remembered on this machine beside the token; nothing of it is secret. */
export class Memory implements Identities, RoomMemory {
	readonly #state: Memento;

	constructor(state: Memento) {
		this.#state = state;
	}

	/** Whether this person has been in a chat before. */
	get wasUsed(): boolean {
		return this.#state.get(USED) === true;
	}

	rememberUse(): void {
		if (!this.wasUsed) {
			void this.#state.update(USED, true);
		}
	}

	/** Whether this person said that this server may be talked to without encryption. */
	mayBeInsecure(address: Address): boolean {
		return this.#insecureServers().includes(address.url.href);
	}

	async allowInsecure(address: Address): Promise<void> {
		await this.#state.update(INSECURE, [
			...new Set([...this.#insecureServers(), address.url.href]),
		]);
	}

	isMuted(addressKey: string, room: number): boolean {
		return this.#muted(addressKey).includes(room);
	}

	mute(addressKey: string, room: number, isMuted: boolean): void {
		const others = this.#muted(addressKey).filter((other) => other !== room);
		void this.#state.update(MUTED + addressKey, isMuted ? [...others, room] : others);
	}

	/** The room that was open last: its id, and its creation time where a connection has told it. */
	lastRoom(addressKey: string): { id: number; createdMicros?: number } | undefined {
		const stored = this.#state.get<unknown>(ROOM + addressKey);
		// An earlier version stored the id alone.
		const [id, createdMicros] = (Array.isArray(stored) ? stored : [stored]) as unknown[];
		if (typeof id !== "number") {
			return undefined;
		}
		return typeof createdMicros === "number" ? { id, createdMicros } : { id };
	}

	rememberRoom(addressKey: string, room: { id: number; createdMicros?: number }): void {
		const last = this.lastRoom(addressKey);
		if (last?.id !== room.id || last.createdMicros !== room.createdMicros) {
			const { id, createdMicros } = room;
			void this.#state.update(ROOM + addressKey, [id, createdMicros ?? null]);
		}
	}

	/** The identity we had last in a database. */
	of(addressKey: string): string | undefined {
		const identity = this.#state.get<unknown>(IDENTITY + addressKey);
		return typeof identity === "string" ? identity : undefined;
	}

	remember(addressKey: string, identity: string | undefined): void {
		if (this.of(addressKey) !== identity) {
			void this.#state.update(IDENTITY + addressKey, identity);
		}
	}

	#muted(addressKey: string): unknown[] {
		const rooms = this.#state.get<unknown>(MUTED + addressKey);
		return Array.isArray(rooms) ? rooms : [];
	}

	#insecureServers(): unknown[] {
		const servers = this.#state.get<unknown>(INSECURE);
		return Array.isArray(servers) ? servers : [];
	}
}
