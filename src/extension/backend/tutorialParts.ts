import type { Person } from "../../shared/chat";
import type { DbConnection } from "../../module_bindings";
import type { BackendEvents, CallResult } from "./backend";
import type { ChatSchema } from "./chatSchema";
import { isLive } from "./liveRow";
import { readPerson } from "./rows";
import { TextReducers } from "./textReducers";

/** Runs a callback of the SDK's, and keeps its exceptions from the SDK. */
export type Guard = (act: () => void) => void;

/** What every chat database has from the tutorial: people, and the two reducers that take a text. */
export class TutorialParts {
	protected readonly connection: DbConnection;
	protected readonly reducers: TextReducers;
	readonly #schema: ChatSchema;

	constructor(connection: DbConnection, schema: ChatSchema, events: BackendEvents, guard: Guard) {
		this.connection = connection;
		this.#schema = schema;
		this.reducers = new TextReducers(connection, [schema.setName, schema.sendMessage], guard);
		const { user } = connection.db;
		user.onInsert((context, row) =>
			guard(() => {
				if (isLive(context)) {
					events.personChanged(readPerson(row), undefined);
				}
			}),
		);
		user.onUpdate((_context, before, row) =>
			guard(() => events.personChanged(readPerson(row), readPerson(before))),
		);
		user.onDelete((_context, row) => guard(() => events.personGone(row.identity.toHexString())));
	}

	setName(name: string, settle: (result: CallResult) => void): void {
		this.reducers.call(this.#schema.setName, name, settle);
	}

	cut(): void {
		this.reducers.cut();
	}

	protected people(): Person[] {
		return [...this.connection.db.user.iter()].map(readPerson);
	}

	protected sayText(text: string, settle: (result: CallResult) => void): void {
		this.reducers.call(this.#schema.sendMessage, text, settle);
	}
}
