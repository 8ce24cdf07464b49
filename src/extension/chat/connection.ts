import type { Event } from "vscode";
import type { ConnectionState } from "../../shared/connectionState";
import type { Backend, BackendEvents, BackendSnapshot, OpenRequest } from "./backend";

/** Receives what a connection reports, beside its state. */
export interface ConnectionListener extends BackendEvents {
	/** Returns the room and position to open; called once for each connection. */
	openRequest(): OpenRequest;
	/** Applies the database's first answer; everything known before is void. */
	applied(backend: Backend, snapshot: BackendSnapshot, me: string): void;
	/** Called when the backend of the last `applied` is gone. */
	cut(): void;
}

/** A connection to the configured database that is kept up until `disconnect`. */
export interface Connection {
	readonly state: ConnectionState;
	readonly onDidChangeState: Event<ConnectionState>;
	/** True while the user wants to be connected, whether the server is reached or not. */
	readonly isWanted: boolean;
	/** True after the user ended the connection in this window. */
	readonly wasDisconnectedByUser: boolean;
	/** Connects again, whatever the state. */
	connect(): void;
	/** Ends the connection until `connect`. */
	disconnect(): void;
	/** Ends a wait for the next attempt. */
	retryNow(): void;
	/** Replaces a connection that takes calls and does not answer. */
	rebuild(): void;
	/** Forgets the identity at the configured address for good, and reconnects as somebody new. */
	forgetIdentity(): Promise<void>;
	dispose(): void;
}
