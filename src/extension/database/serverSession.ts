import { DbConnectionBuilder } from "@clockworklabs/spacetimedb-sdk";
import type { DbConnectionImpl } from "@clockworklabs/spacetimedb-sdk";
import type { ChatSchema } from "./chatSchema";
import type { Ask, Backend, BackendEvents, BackendSnapshot, OpenRequest } from "../chat/backend";
import type { ChatDbConnection } from "./sdk/remoteModule";
import { remoteModuleFor } from "./sdk/remoteModule";
import { RoomsBackend } from "./rooms/roomsBackend";
import { OpeningSpans } from "./quickstart/openingSpans";
import { QuickstartBackend } from "./quickstart/quickstartBackend";
import type { Address } from "../platform/address";
import { ChatSocket } from "./wire/socket";
import type { SocketArguments, SocketEnd } from "./wire/socket";

/** How a link ended; told once. */
export type ServerSessionEnd =
	| { readonly kind: "socket"; readonly end: SocketEnd; readonly wasIdentified: boolean }
	| { readonly kind: "subscription"; readonly detail: string }
	/** An exception in a callback of ours: our picture may be wrong now, so it is thrown away. */
	| { readonly kind: "broken"; readonly error: unknown }
	| { readonly kind: "slow" }
	/** It takes calls and does not answer. */
	| { readonly kind: "mute" };

export interface ServerSessionListener extends BackendEvents {
	/** `token` is this identity's; keep it only if none is kept yet (it may be short-lived else). */
	identified(identity: string, token: string): void;
	/** Where to open the history; asked once, when it is known who we are. */
	openRequest(): OpenRequest;
	applied(backend: Backend, snapshot: BackendSnapshot): void;
	ended(end: ServerSessionEnd): void;
}

/** What a link is made to. */
export interface ServerSessionTarget {
	readonly address: Address;
	readonly token: string | undefined;
	readonly schema: ChatSchema;
	/** How far back to open a history that goes by time, in milliseconds. */
	readonly windowMs: number;
	/** Asks the same database over HTTP, as whoever the token is for. */
	ask(token: string, query: string): ReturnType<Ask>;
}

/** From the upgrade to the snapshot. A million messages took 65 s on loopback with everything asked. */
const APPLY_TIMEOUT_MS = 120_000;

/**
 * One connection to a database, from the socket to its end; never reused. `listener.ended` is called
 * once unless `close` was called first, and after either nothing is called any more.
 */
export class ServerSession {
	readonly #listener: ServerSessionListener;
	readonly #target: ServerSessionTarget;
	#connection: ChatDbConnection | undefined;
	#socket: ChatSocket | undefined;
	#backend: Backend | undefined;
	#isOver = false;
	#isIdentified = false;
	/** What can be asked of the history before the socket is open. */
	#opening: OpeningSpans | undefined;
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
			// eslint-disable-next-line @typescript-eslint/require-await -- the SDK wants a promise
			.withWSFn(async (args) => this.#openSocket(args as SocketArguments) as never)
			.onConnect((connection, identity, newToken) =>
				this.#guard(() => this.#connected(connection, identity.toHexString(), newToken)),
			)
			.onConnectError((_context, error) => this.#end({ kind: "broken", error }));
		if (token !== undefined) {
			builder.withToken(token);
			this.#search(token);
		}
		this.#connection = builder.build();
	}

	/** Ends the link by wish. */
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

	/** Searches for where the history opens, if it goes by time. */
	#search(token: string): void {
		const { schema, windowMs } = this.#target;
		if (schema.kind === "quickstart") {
			const ask = async (query: string) => this.#target.ask(token, query);
			this.#opening = new OpeningSpans({ ask, schema, windowMs });
			this.#opening.begin();
		}
	}

	#connected(connection: ChatDbConnection, identity: string, token: string): void {
		const { schema, windowMs } = this.#target;
		this.#isIdentified = true;
		this.#listener.identified(identity, token);
		const BackendOfKind = schema.kind === "rooms" ? RoomsBackend : QuickstartBackend;
		const backend = new BackendOfKind({
			connection,
			schema,
			ask: (query) => this.#target.ask(token, query),
			events: this.#listener,
			windowMs,
			opening: this.#opening,
			guard: (act) => this.#guard(act),
			failed: (detail) => this.#end({ kind: "subscription", detail }),
		});
		this.#backend = backend;
		backend.open(this.#listener.openRequest(), (snapshot) => {
			clearTimeout(this.#applyTimer);
			this.#listener.applied(backend, snapshot);
		});
	}

	/** One exception in a callback would end the SDK's stream without a word (SDK 1.3.3). */
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
