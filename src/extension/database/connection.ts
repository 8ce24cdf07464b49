import { EventEmitter } from "vscode";
import type { Event } from "vscode";
import type { ConnectionEvent, ConnectionState } from "../../shared/connectionState";
import { nextState } from "../../shared/connectionState";
import type { Backend, BackendSnapshot } from "../chat/backend";
import type { Connection, ConnectionListener } from "../chat/connection";
import { recogniseChat } from "./wire/chatSchema";
import { DisposableStore } from "../platform/disposable";
import type { Log } from "../platform/log";
import type { Address, AddressProblem } from "../platform/address";
import { retryDelayMs } from "./backoff";
import { fetchSchema } from "./wire/fetchSchema";
import type { ServerSession, ServerSessionEnd } from "./serverSession";
import { querySql } from "./wire/sqlQuery";
import type { TokenStore } from "../platform/tokenStore";
import type { Setback } from "./trouble";
import {
	addressTrouble,
	insecureTrouble,
	sessionTrouble,
	notAChatTrouble,
	schemaTrouble,
} from "./trouble";

/** Time after the snapshot for which a session has to last before the count of attempts starts again. */
const PROVED_AFTER_MS = 5_000;

/** The settings and services of the connection, read at each attempt. */
export interface ConnectionSources {
	readonly tokens: TokenStore;
	readonly log: Log;
	readAddress(): Address | AddressProblem;
	/** Returns true for an address that the person allowed without encryption. */
	mayBeInsecure(address: Address): boolean;
	/** Returns the duration of the first page of a quickstart history, in milliseconds. */
	historyWindowMs(): number;
	readonly now?: () => number;
	readonly random?: () => number;
}

/**
 * Keeps one session with the configured database alive. Each attempt has a generation, and results of older
 * generations are ignored. The connection shows nothing itself; its state says everything.
 */
export class ChatConnection extends DisposableStore implements Connection {
	readonly #onDidChangeState = this.register(new EventEmitter<ConnectionState>());
	readonly onDidChangeState: Event<ConnectionState> = this.#onDidChangeState.event;

	readonly #sources: ConnectionSources;
	readonly #listener: ConnectionListener;
	#state: ConnectionState = { kind: "disconnected" };
	#generation = 0;
	#session: ServerSession | undefined;
	#identity: string | undefined;
	#isApplied = false;
	#wasDisconnectedByUser = false;
	#retryTimer: NodeJS.Timeout | undefined;
	#provedTimer: NodeJS.Timeout | undefined;
	/** New tokens by address, which keep the identity in this window where storing a token fails. */
	readonly #newTokens = new Map<string, string>();

	constructor(sources: ConnectionSources, listener: ConnectionListener) {
		super();
		this.#sources = sources;
		this.#listener = listener;
		this.register(
			sources.tokens.onDidChangeElsewhere((addressKey) => {
				const address = sources.readAddress();
				if (typeof address !== "string" && address.key === addressKey && this.isWanted) {
					this.connect();
				}
			}),
		);
	}

	get state(): ConnectionState {
		return this.#state;
	}

	/** True unless the person disconnected; also while no attempt succeeds. */
	get isWanted(): boolean {
		return this.#state.kind !== "disconnected";
	}

	/** True after `disconnect` in this window, until `connect`. */
	get wasDisconnectedByUser(): boolean {
		return this.#wasDisconnectedByUser;
	}

	/** Connects in any state; ends an existing session first. */
	connect(): void {
		this.#wasDisconnectedByUser = false;
		this.#drop();
		this.#apply({ type: "connectRequested" });
		void this.#attempt();
	}

	/** Ends the connection until `connect`. */
	disconnect(): void {
		this.#wasDisconnectedByUser = true;
		this.#drop();
		this.#apply({ type: "disconnectRequested" });
	}

	/** Ends a wait, because the window has the focus or the network is back. */
	retryNow(): void {
		if (this.#state.kind === "waiting") {
			clearTimeout(this.#retryTimer);
			this.#apply({ type: "retryTimeReached" });
			void this.#attempt();
		}
	}

	/**
	 * Replaces a session that does not answer, and reads the schema again. The server does not tell existing
	 * connections that a module was published again (server 1.3.0).
	 */
	rebuild(): void {
		const address = this.#sources.readAddress();
		if (this.#state.kind === "online" && typeof address !== "string") {
			this.#session?.close();
			this.#ended({ kind: "mute" }, address);
		}
	}

	override dispose(): void {
		this.#drop();
		super.dispose();
	}

	/** Deletes the identity at the configured address and connects with a new one. */
	async forgetIdentity(): Promise<void> {
		const address = this.#sources.readAddress();
		if (typeof address === "string") {
			return;
		}
		const wasWanted = this.isWanted;
		this.disconnect();
		this.#newTokens.delete(address.key);
		await this.#sources.tokens.forget(address.key);
		if (wasWanted) {
			this.connect();
		}
	}

	async #attempt(): Promise<void> {
		const generation = ++this.#generation;
		const isStale = () => generation !== this.#generation || this.isDisposed;
		try {
			const address = this.#sources.readAddress();
			if (typeof address === "string") {
				this.#fail(addressTrouble(address));
				return;
			}
			if (address.isInsecure && !this.#sources.mayBeInsecure(address)) {
				this.#fail(insecureTrouble(address));
				return;
			}
			const answer = await fetchSchema(address);
			if (isStale()) {
				return;
			}
			if (answer.kind !== "schema") {
				this.#fail(schemaTrouble(answer, address));
				return;
			}
			const schema = recogniseChat(answer.schema);
			if (schema.kind === "notAChat") {
				this.#fail(notAChatTrouble(schema, address));
				return;
			}
			const { tokens } = this.#sources;
			const token = (await tokens.read(address.key)) ?? this.#newTokens.get(address.key);
			// The SDK is loaded here and not before: most windows open without the chat.
			const { ServerSession } = await import("./serverSession");
			if (isStale()) {
				return;
			}
			const windowMs = this.#sources.historyWindowMs();
			const runSql = (ownToken: string, query: string) => querySql(address, ownToken, query);
			this.#session = new ServerSession(
				{ address, token, schema, windowMs, runSql },
				{
					...this.#listener,
					identified: (identity, newToken) => {
						this.#identity = identity;
						if (token === undefined) {
							void this.#storeToken(address, newToken);
						}
					},
					applied: (backend, snapshot) => this.#applied(backend, snapshot),
					ended: (end) => this.#ended(end, address),
				},
			);
		} catch (error) {
			if (!isStale()) {
				this.#sources.log.error("The connection could not be made", error);
				this.#fail(sessionTrouble({ kind: "broken", error }));
			}
		}
	}

	/** Stores the token of a new identity. If another window was faster, connects with its identity. */
	async #storeToken(address: Address, token: string): Promise<void> {
		const generation = this.#generation;
		this.#newTokens.set(address.key, token);
		const stored = await this.#sources.tokens.keepFirst(address.key, token);
		if (stored !== token && generation === this.#generation) {
			this.connect();
		}
	}

	#applied(backend: Backend, snapshot: BackendSnapshot): void {
		const identity = this.#identity ?? "";
		this.#isApplied = true;
		this.#listener.applied(backend, snapshot, identity);
		this.#apply({ type: "applied", identity });
		this.#provedTimer = setTimeout(() => this.#apply({ type: "proved" }), PROVED_AFTER_MS);
	}

	#ended(end: ServerSessionEnd, address: Address): void {
		this.#session = undefined;
		if (end.kind === "broken") {
			this.#sources.log.error("The connection is rebuilt after an error", end.error);
		}
		this.#fail(sessionTrouble(end, address));
	}

	#fail(setback: Setback): void {
		this.#generation++;
		clearTimeout(this.#provedTimer);
		this.#sources.log.warn(setback.reason.sentence);
		if (setback.kind === "refused") {
			this.#apply({ type: "refused", reason: setback.reason, remedy: setback.remedy });
		} else {
			const { now = Date.now, random = Math.random } = this.#sources;
			const attempt = "attempt" in this.#state ? this.#state.attempt : 0;
			const delayMs = retryDelayMs(attempt + 1, random(), setback.pace);
			this.#apply({ type: "lost", reason: setback.reason, retryAtMs: now() + delayMs });
			this.#retryTimer = setTimeout(() => this.retryNow(), delayMs);
		}
		this.#cut();
	}

	/** Ends the current attempt or session, and ignores its results. */
	#drop(): void {
		this.#generation++;
		clearTimeout(this.#retryTimer);
		clearTimeout(this.#provedTimer);
		this.#session?.close();
		this.#session = undefined;
		this.#cut();
	}

	#cut(): void {
		if (this.#isApplied) {
			this.#isApplied = false;
			this.#listener.cut();
		}
	}

	#apply(event: ConnectionEvent): void {
		const before = this.#state;
		this.#state = nextState(before, event);
		if (this.#state !== before) {
			this.#onDidChangeState.fire(this.#state);
		}
	}
}
