import type { TextLimits } from "../../shared/chat";
import { STOCK_LIMITS } from "../../shared/chat";
import type { DbConnection } from "../../module_bindings";
import type { Backend, BackendEvents, BackendSnapshot, CallResult } from "./backend";
import type { ChatSchema } from "./chatSchema";
import { isLive } from "./liveRow";
import { watchPeople } from "./people";
import { postKey, readPerson, readPost } from "./rows";
import { TextReducers } from "./textReducers";

/** The chat of `server/`: posts with ids, so that a repeat is heard once. */
export class OurBackend implements Backend {
	readonly guarantee = "exactlyOnce";
	readonly queries: readonly string[] = [
		"SELECT * FROM user",
		"SELECT * FROM post",
		"SELECT * FROM limits",
	];

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
		const { post } = connection.db;
		post.onInsert((context, row) =>
			guard(() => {
				if (isLive(context)) {
					events.messageArrived(readPost(row));
				}
			}),
		);
		post.onDelete((_context, row) => guard(() => events.messageGone(postKey(row))));
	}

	get limits(): TextLimits {
		const [row] = this.#connection.db.limits.iter();
		return row === undefined
			? STOCK_LIMITS
			: { messageLength: row.messageLength, nameLength: row.nameLength };
	}

	snapshot(): BackendSnapshot {
		const { user, post } = this.#connection.db;
		return {
			people: [...user.iter()].map(readPerson),
			messages: [...post.iter()].map(readPost),
		};
	}

	setName(name: string, settle: (result: CallResult) => void): void {
		this.#reducers.call(this.#schema.setName, name, settle);
	}

	/**
	 * A tutorial client shows only what comes from the tutorial's reducers, so the id is announced and
	 * the text sent by those. Both go over one socket, hence in this order.
	 */
	sendMessage(clientId: string, text: string, settle: (result: CallResult) => void): void {
		this.#reducers.tell("announce", clientId);
		this.#reducers.call(this.#schema.sendMessage, text, settle);
	}

	cut(): void {
		this.#reducers.cut();
	}
}
