import { EventEmitter } from "vscode";
import type { Event } from "vscode";
import type { ConnectionEvent, ConnectionState } from "../../shared/connectionState";
import { nextState } from "../../shared/connectionState";
import type { Backend, BackendSnapshot } from "../chat/backend";
import type { Connection, ConnectionListener } from "../chat/connection";
import { recogniseChat } from "./chatSchema";
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

/** A link is useful once it has lived this long with its subscription applied. */
const PROVED_AFTER_MS = 5_000;

/** What the connection needs from around it; all of it is asked anew at each try. */
export interface ConnectionSources {
	readonly tokens: TokenStore;
	readonly log: Log;
	readAddress(): Address | AddressProblem;
	/** Whether this person said that this address may be used without encryption. */
	mayBeInsecure(address: Address): boolean;
	/** How far back to open a history that goes by time, in milliseconds. */
	historyWindowMs(): number;
	readonly now?: () => number;
	readonly random?: () => number;
}

/**
 * Keeps one link to the configured database alive. Each try has a generation; what an older one still
 * has to say is not heard. Never shows anything to anybody: the state does.
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
	/** Tokens that could not be kept, so that a reconnect in this window is the same person. */
	readonly #unkeptTokens = new Map<string, string>();

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

	/** Whether the person wants to be connected, reached or not. */
	get isWanted(): boolean {
		return this.#state.kind !== "disconnected";
	}

	/** Whether the person ended the connection in this window, and means it. */
	get wasDisconnectedByUser(): boolean {
		return this.#wasDisconnectedByUser;
	}

	/** Connects anew, whatever the state. */
	connect(): void {
		this.#wasDisconnectedByUser = false;
		this.#drop();
		this.#apply({ type: "connectRequested" });
		void this.#try();
	}

	/** Ends the connection until `connect`. */
	disconnect(): void {
		this.#wasDisconnectedByUser = true;
		this.#drop();
		this.#apply({ type: "disconnectRequested" });
	}

	/** Cuts a wait short: the window has the focus again, or the network is back. */
	retryNow(): void {
		if (this.#state.kind === "waiting") {
			clearTimeout(this.#retryTimer);
			this.#apply({ type: "retryTimeReached" });
			void this.#try();
		}
	}

	/**
	 * Gives a link up that does not answer any more: after a module is published again the connections
	 * there were hear nothing of it (server 1.3.0). The schema is read anew too.
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

	/** Forgets the identity at the configured address for good, and goes on as somebody new. */
	async forgetIdentity(): Promise<void> {
		const address = this.#sources.readAddress();
		if (typeof address === "string") {
			return;
		}
		const wasWished = this.isWanted;
		this.disconnect();
		this.#unkeptTokens.delete(address.key);
		await this.#sources.tokens.forget(address.key);
		if (wasWished) {
			this.connect();
		}
	}

	async #try(): Promise<void> {
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
			const token = (await tokens.read(address.key)) ?? this.#unkeptTokens.get(address.key);
			// The SDK is loaded here and not before: most windows open without the chat.
			const { ServerSession } = await import("./serverSession");
			if (isStale()) {
				return;
			}
			const windowMs = this.#sources.historyWindowMs();
			const ask = (who: string, query: string) => querySql(address, who, query);
			this.#session = new ServerSession(
				{ address, token, schema, windowMs, ask },
				{
					...this.#listener,
					identified: (identity, newToken) => {
						this.#identity = identity;
						if (token === undefined) {
							void this.#keep(address, newToken);
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

	/** Keeps a new identity's token; if another window was first, its identity is ours too. */
	async #keep(address: Address, token: string): Promise<void> {
		const generation = this.#generation;
		this.#unkeptTokens.set(address.key, token);
		const kept = await this.#sources.tokens.keepFirst(address.key, token);
		if (kept !== token && generation === this.#generation) {
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

	/** Leaves the current try or link without a word from it. */
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
