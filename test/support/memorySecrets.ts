import type { SecretStorage, SecretStorageChangeEvent } from "vscode";
import type { RoomMemory, RoomStamp } from "../../src/extension/chat/rooms";
import { EventEmitter } from "./vscodeStub";

/** A SecretStorage like that of a workbench without a key ring: it lives as long as this object. */
export class MemorySecrets implements SecretStorage, RoomMemory {
	readonly #onDidChange = new EventEmitter<SecretStorageChangeEvent>();
	readonly onDidChange = this.#onDidChange.event as SecretStorage["onDidChange"];
	/** The identities by address, which the extension's memory keeps beside the secrets. */
	readonly #identities = new Map<string, string | undefined>();
	readonly stored = new Map<string, string>();
	/** An error that every use throws, as a locked key ring does. */
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
