import { STOCK_LIMITS } from "../../shared/chat";
import type { DbConnection } from "../../module_bindings";
import type { Backend, BackendEvents, BackendSnapshot, CallResult } from "./backend";
import type { ChatSchema } from "./chatSchema";
import { isLive } from "./liveRow";
import { watchPeople } from "./people";
import { readMessage, readPerson } from "./rows";
import { TextReducers } from "./textReducers";

/** The chat of the quickstart tutorials, in Rust, C# or anything that looks the same. */
export class StockBackend implements Backend {
	readonly guarantee = "atMostOnce";
	readonly limits = STOCK_LIMITS;
	readonly queries: readonly string[] = ["SELECT * FROM user", "SELECT * FROM message"];

	readonly #connection: DbConnection;
	readonly #schema: ChatSchema;
	readonly #reducers: TextReducers;

	/** `guard` runs each callback of the SDK's, and keeps its exceptions from the SDK. */
	constructor(
		connection: DbConnection,
		schema: ChatSchema,
		events: BackendEvents,
		guard: (act: () => void) => void,
	) {
		this.#connection = connection;
		this.#schema = schema;
		this.#reducers = new TextReducers(connection, [schema.setName, schema.sendMessage], guard);
		watchPeople(connection, events, guard);
		const { message } = connection.db;
		message.onInsert((context, row) =>
			guard(() => {
				if (isLive(context)) {
					events.messageArrived(readMessage(row));
				}
			}),
		);
		message.onDelete((_context, row) => guard(() => events.messageGone(readMessage(row).key)));
	}

	snapshot(): BackendSnapshot {
		const { user, message } = this.#connection.db;
		return {
			people: [...user.iter()].map(readPerson),
			messages: [...message.iter()].map(readMessage),
		};
	}

	setName(name: string, settle: (result: CallResult) => void): void {
		this.#reducers.call(this.#schema.setName, name, settle);
	}

	sendMessage(_clientId: string, text: string, settle: (result: CallResult) => void): void {
		this.#reducers.call(this.#schema.sendMessage, text, settle);
	}

	cut(): void {
		this.#reducers.cut();
	}
}
