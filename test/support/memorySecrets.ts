import type { SecretStorage, SecretStorageChangeEvent } from "vscode";
import type { RoomMemory, RoomStamp } from "../../src/extension/chat/rooms";
import { EventEmitter } from "./vscodeStub";

/** SecretStorage as a workbench without a key ring gives it: kept for as long as this object lives. */
export class MemorySecrets implements SecretStorage, RoomMemory {
	readonly #onDidChange = new EventEmitter<SecretStorageChangeEvent>();
	readonly onDidChange = this.#onDidChange.event as SecretStorage["onDidChange"];
	/** Beside the secrets, as the extension's memory has it: who we were where. */
	readonly #identities = new Map<string, string | undefined>();
	readonly stored = new Map<string, string>();
	/** When set, every use throws it, as a locked key ring does. */
	failure: Error | undefined;

	of(addressKey: string): string | undefined {
		return this.#identities.get(addressKey);
	}

	remember(addressKey: string, identity: string | undefined): void {
		this.#identities.set(addressKey, identity);
	}

	readonly #rooms = new Map<string, RoomStamp>();
	readonly #muted = new Set<string>();

	isMuted(addressKey: string, room: number): boolean {
		return this.#muted.has(`${addressKey} ${room}`);
	}

	mute(addressKey: string, room: number, isMuted: boolean): void {
		if (isMuted) {
			this.#muted.add(`${addressKey} ${room}`);
		} else {
			this.#muted.delete(`${addressKey} ${room}`);
		}
	}

	lastRoom(addressKey: string): RoomStamp | undefined {
		return this.#rooms.get(addressKey);
	}

	rememberRoom(addressKey: string, room: RoomStamp): void {
		this.#rooms.set(addressKey, room);
	}

	async keys(): Promise<string[]> {
		return this.#use(() => [...this.stored.keys()]);
	}

	async get(key: string): Promise<string | undefined> {
		return this.#use(() => this.stored.get(key));
	}

	async store(key: string, value: string): Promise<void> {
		await this.#use(() => this.stored.set(key, value));
		this.#onDidChange.fire({ key });
	}

	async delete(key: string): Promise<void> {
		await this.#use(() => this.stored.delete(key));
		this.#onDidChange.fire({ key });
	}

	#use<T>(act: () => T): Promise<T> {
		return this.failure === undefined ? Promise.resolve(act()) : Promise.reject(this.failure);
	}
}
