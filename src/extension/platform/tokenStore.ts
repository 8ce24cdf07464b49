import type { Event, SecretStorage } from "vscode";
import { EventEmitter } from "vscode";
import { DisposableStore } from "./disposable";
import type { Log } from "./log";

/** Characters; tokens of server 1.3.0 have about 400. A longer secret is damaged or not ours. */
const MAX_TOKEN_LENGTH = 16 * 1024;

/** Printable ASCII without spaces: all that may stand in an Authorization header. */
const TOKEN = /^[\x21-\x7e]+$/;

/**
 * The tokens, one for each server and database, in VS Code's SecretStorage and nowhere else. The store
 * may throw or forget (no key ring, a locked one): then `isKept` is false and the chat goes on.
 */
export class TokenStore extends DisposableStore {
	readonly #onDidChangeElsewhere = this.register(new EventEmitter<string>());
	/** The key of an address whose token another window has changed. */
	readonly onDidChangeElsewhere: Event<string> = this.#onDidChangeElsewhere.event;

	readonly #secrets: SecretStorage;
	readonly #log: Log;
	#isKept = true;
	/** What this window wrote last; the store tells every window of every write, the writer too. */
	readonly #known = new Map<string, string | undefined>();

	constructor(secrets: SecretStorage, log: Log) {
		super();
		this.#secrets = secrets;
		this.#log = log;
		this.register(
			secrets.onDidChange(({ key }) => {
				if (key.startsWith(PREFIX)) {
					void this.#notice(key.slice(PREFIX.length));
				}
			}),
		);
	}

	/** False once the store has failed: the identity lasts no longer than this window then. */
	get isKept(): boolean {
		return this.#isKept;
	}

	/** The token for an address; `undefined` if there is none, or none that can be used. */
	async read(addressKey: string): Promise<string | undefined> {
		const token = await this.#attempt("read the token", () =>
			this.#secrets.get(PREFIX + addressKey),
		);
		const usable = token !== undefined && isUsable(token) ? token : undefined;
		this.#known.set(addressKey, usable);
		return usable;
	}

	/**
	 * Keeps a token if there is none yet, and returns the one that is kept: another window may have
	 * been first, and then its identity is everybody's.
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

	/** Forgets the token: the identity is lost for good. */
	async forget(addressKey: string): Promise<void> {
		this.#known.set(addressKey, undefined);
		await this.#attempt("forget the token", () => this.#secrets.delete(PREFIX + addressKey));
	}

	async #notice(addressKey: string): Promise<void> {
		const before = this.#known.get(addressKey);
		if ((await this.read(addressKey)) !== before) {
			this.#onDidChangeElsewhere.fire(addressKey);
		}
	}

	async #attempt<T>(what: string, act: () => Thenable<T>): Promise<T | undefined> {
		try {
			const result = await act();
			this.#isKept = true;
			return result;
		} catch (error) {
			this.#isKept = false;
			this.#log.error(`SecretStorage could not ${what}`, error);
			return undefined;
		}
	}
}

const PREFIX = "spacetimedbChat.token:";

function isUsable(token: string): boolean {
	return token.length <= MAX_TOKEN_LENGTH && TOKEN.test(token);
}
