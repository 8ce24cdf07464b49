import type { Memento } from "vscode";
import type { Identities } from "./chat/chatSession";
import type { Address } from "./connection/address";

const USED = "spacetimedbChat.used";
const IDENTITY = "spacetimedbChat.identity:";
const INSECURE = "spacetimedbChat.insecureServers";

/** What is remembered on this machine beside the token; nothing of it is secret. */
export class Memory implements Identities {
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

	#insecureServers(): unknown[] {
		const servers = this.#state.get<unknown>(INSECURE);
		return Array.isArray(servers) ? servers : [];
	}
}
