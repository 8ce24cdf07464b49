import type { Event, SecretStorage } from "vscode";
import { EventEmitter } from "vscode";
import { DisposableStore } from "./disposable";
import type { Log } from "./log";

/** Longest token, in characters; tokens of server 1.3.0 have about 400. A longer secret is damaged. */
const MAX_TOKEN_LENGTH = 16 * 1024;

/** Printable ASCII without spaces: the characters that an Authorization header may contain. */
const TOKEN = /^[\x21-\x7e]+$/;

/**
 * Stores one token for each server and database, in VS Code's SecretStorage alone. SecretStorage may throw
 * or forget (no key ring, or a locked one): then `isKept` is false, and the chat continues.
 */
export class TokenStore extends DisposableStore {
	readonly #onDidChangeElsewhere = this.register(new EventEmitter<string>());
	/** Fires with the key of an address when another window has changed its token. */
	readonly onDidChangeElsewhere: Event<string> = this.#onDidChangeElsewhere.event;

	readonly #secrets: SecretStorage;
	readonly #log: Log;
	#isKept = true;
	/** Last tokens that this window wrote; SecretStorage notifies every window of a write, the writer too. */
	readonly #known = new Map<string, string | undefined>();

	constructor(secrets: SecretStorage, log: Log) {
		super();
		this.#secrets = secrets;
		this.#log = log;
		this.register(
			secrets.onDidChange(({ key }) => {
				if (key.startsWith(PREFIX)) {
					void this.#compare(key.slice(PREFIX.length));
				}
			}),
		);
	}

	/** False after SecretStorage has failed: then the identity ends with this window. */
	get isKept(): boolean {
		return this.#isKept;
	}

	/** Reads the token for an address; `undefined` if there is no usable one. */
	async read(addressKey: string): Promise<string | undefined> {
		const token = await this.#attempt("read the token", () =>
			this.#secrets.get(PREFIX + addressKey),
		);
		const usable = token !== undefined && isUsable(token) ? token : undefined;
		this.#known.set(addressKey, usable);
		return usable;
	}

	/**
	 * Stores a token unless there is one, and returns the stored one. If another window stored its token
	 * first, all windows use that identity.
	 */
	async keepFirst(addressKey: string, token: string): Promise<string> {
		const kept = await this.read(addressKey);
		if (kept !== undefined) {
			return kept;
		}
		this.#known.set(addressKey, token);
		await this.#attempt("keep the token", () => this.#secrets.store(PREFIX + addressKey, token));
		return token;
	}

	/** Deletes the token: the identity is lost permanently. */
	async forget(addressKey: string): Promise<void> {
		this.#known.set(addressKey, undefined);
		await this.#attempt("forget the token", () => this.#secrets.delete(PREFIX + addressKey));
	}

	async #compare(addressKey: string): Promise<void> {
		const before = this.#known.get(addressKey);
		if ((await this.read(addressKey)) !== before) {
			this.#onDidChangeElsewhere.fire(addressKey);
		}
	}

	async #attempt<T>(action: string, act: () => Thenable<T>): Promise<T | undefined> {
		try {
			const result = await act();
			this.#isKept = true;
			return result;
		} catch (error) {
			this.#isKept = false;
			this.#log.error(`SecretStorage could not ${action}`, error);
			return undefined;
		}
	}
}

const PREFIX = "spacetimedbChat.token:";

function isUsable(token: string): boolean {
	return token.length <= MAX_TOKEN_LENGTH && TOKEN.test(token);
}
