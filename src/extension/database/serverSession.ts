import { DbConnectionBuilder } from "@clockworklabs/spacetimedb-sdk";
import type { DbConnectionImpl } from "@clockworklabs/spacetimedb-sdk";
import type { Backend, BackendEvents, BackendSnapshot, OpenRequest } from "../chat/backend";
import type { ChatDbConnection } from "./sdk/remoteModule";
import { remoteModuleFor } from "./sdk/remoteModule";
import { RoomsBackend } from "./rooms/roomsBackend";
import { OpeningSpans } from "./quickstart/openingSpans";
import { QuickstartBackend } from "./quickstart/quickstartBackend";
import type { BackendSources } from "./sdk/backendBase";
import type { ChatSchema } from "./wire/chatSchema";
import type { Address } from "../platform/address";
import { ChatSocket } from "./wire/socket";
import type { SocketArguments, SocketEnd } from "./wire/socket";
import type { RunSql } from "./wire/sqlQuery";

/** The reason why a session ended. */
export type ServerSessionEnd =
	| { readonly kind: "socket"; readonly end: SocketEnd; readonly wasIdentified: boolean }
	| { readonly kind: "subscription"; readonly detail: string }
	/** An exception in a callback. The backend's data may be wrong, so the session can't go on. */
	| { readonly kind: "broken"; readonly error: unknown }
	| { readonly kind: "slow" }
	/** The server takes calls and does not answer. */
	| { readonly kind: "mute" };

export interface ServerSessionListener extends BackendEvents {
	/** Called with the token of the identity. Store it only if none is stored, because it may be short-lived. */
	identified(identity: string, token: string): void;
	/** Returns where to open the history. Called once, after `identified`. */
	openRequest(): OpenRequest;
	applied(backend: Backend, snapshot: BackendSnapshot): void;
	ended(end: ServerSessionEnd): void;
}

/** The database of a session, and who connects to it. */
export interface ServerSessionTarget {
	readonly address: Address;
	readonly token: string | undefined;
	readonly schema: ChatSchema;
	/** Duration of the first page of a quickstart history, in milliseconds. */
	readonly windowMs: number;
	/** Runs SQL in the same database as the identity of the token. */
	runSql(token: string, query: string): ReturnType<RunSql>;
}

/** Time from the upgrade to the snapshot. All of a million messages took 65 s on loopback. */
const APPLY_TIMEOUT_MS = 120_000;

/**
 * One connection to a database from the socket to its end; never reused. The session calls `listener.ended`
 * once, or not at all after `close`. After either it calls nothing.
 */
export class ServerSession {
	readonly #listener: ServerSessionListener;
	readonly #target: ServerSessionTarget;
	#connection: ChatDbConnection | undefined;
	#socket: ChatSocket | undefined;
	#backend: Backend | undefined;
	#isOver = false;
	#isIdentified = false;
	/** The search for the first page of a quickstart history, begun before the socket is open. */
	#openingSpans: OpeningSpans | undefined;
	readonly #applyTimer: NodeJS.Timeout;

	constructor(target: ServerSessionTarget, listener: ServerSessionListener) {
		const { address, token, schema } = target;
		this.#listener = listener;
		this.#target = target;
		this.#applyTimer = setTimeout(() => this.#end({ kind: "slow" }), APPLY_TIMEOUT_MS);
		// The emitter lives on the builder (SDK 1.3.3), so each connection needs a builder of its own.
		const builder = new DbConnectionBuilder<ChatDbConnection, unknown, unknown>(
			remoteModuleFor(schema),
			(connection: DbConnectionImpl) => connection as ChatDbConnection,
		)
			.withUri(address.url)
			.withModuleName(address.database)
			.withCompression("gzip")
			.withLightMode(true)
			.withWSFn(async (args) => Promise.resolve(this.#openSocket(args as SocketArguments) as never))
			.onConnect((connection, identity, newToken) =>
				this.#guard(() => this.#connected(connection, identity.toHexString(), newToken)),
			)
			.onConnectError((_context, error) => this.#end({ kind: "broken", error }));
		if (token !== undefined) {
			builder.withToken(token);
			if (schema.kind === "quickstart") {
				this.#openingSpans = this.#newOpeningSpans(token);
				this.#openingSpans.begin();
			}
		}
		this.#connection = builder.build();
	}

	/** Ends the session without a call of the listener. */
	close(): void {
		if (!this.#isOver) {
			this.#release();
		}
	}

	#openSocket(args: SocketArguments): ChatSocket {
		this.#socket = new ChatSocket(args, {
			ended: (end) => this.#end({ kind: "socket", end, wasIdentified: this.#isIdentified }),
		});
		if (this.#isOver) {
			this.#socket.close();
		}
		return this.#socket;
	}

	#newOpeningSpans(token: string): OpeningSpans {
		const { schema, windowMs } = this.#target;
		const runSql: RunSql = async (query) => this.#target.runSql(token, query);
		return new OpeningSpans({ runSql, schema, windowMs });
	}

	#connected(connection: ChatDbConnection, identity: string, token: string): void {
		const { schema } = this.#target;
		this.#isIdentified = true;
		this.#listener.identified(identity, token);
		const sources: BackendSources = {
			connection,
			schema,
			runSql: (query) => this.#target.runSql(token, query),
			events: this.#listener,
			guard: (act) => this.#guard(act),
			subscriptionFailed: (detail) => this.#end({ kind: "subscription", detail }),
		};
		const backend =
			schema.kind === "rooms"
				? new RoomsBackend(sources)
				: new QuickstartBackend(sources, this.#openingSpans ?? this.#newOpeningSpans(token));
		this.#backend = backend;
		backend.open(this.#listener.openRequest(), (snapshot) => {
			clearTimeout(this.#applyTimer);
			this.#listener.applied(backend, snapshot);
		});
	}

	/** Runs a callback of the SDK, whose stream an exception would end silently (SDK 1.3.3). */
	#guard(act: () => void): void {
		if (this.#isOver) {
			return;
		}
		try {
			act();
		} catch (error) {
			this.#end({ kind: "broken", error });
		}
	}

	#end(end: ServerSessionEnd): void {
		if (!this.#isOver) {
			this.#release();
			this.#listener.ended(end);
		}
	}

	#release(): void {
		this.#isOver = true;
		clearTimeout(this.#applyTimer);
		this.#socket?.close();
		this.#backend?.cut();
		this.#connection = undefined;
	}
}
