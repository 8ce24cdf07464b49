import type { Memento } from "vscode";
import type { Address } from "./connection/address";

const USED = "spacetimedbChat.used";
const INSECURE = "spacetimedbChat.insecureServers";

/** What is remembered on this machine beside the token; nothing of it is secret. */
export class Memory {
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

	#insecureServers(): unknown[] {
		const servers = this.#state.get<unknown>(INSECURE);
		return Array.isArray(servers) ? servers : [];
	}
}
