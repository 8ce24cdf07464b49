import { BinaryWriter } from "@clockworklabs/spacetimedb-sdk";
import type { ReducerEvent } from "@clockworklabs/spacetimedb-sdk";
import { STOCK_LIMITS } from "../../shared/chat";
import type { DbConnection, EventContext } from "../../module_bindings";
import { SendMessage, SetName } from "../../module_bindings";
import type { Backend, BackendEvents, BackendSnapshot, CallResult } from "./backend";
import type { ChatSchema } from "./chatSchema";
import { ReducerCalls } from "./reducerCalls";
import { readMessage, readPerson, toSafeNumber } from "./rows";

/** The chat of the quickstart tutorials, in Rust, C# or anything that looks the same. */
export class StockBackend implements Backend {
	readonly kind = "stock";
	readonly limits = STOCK_LIMITS;
	readonly queries: readonly string[] = ["SELECT * FROM user", "SELECT * FROM message"];

	readonly #connection: DbConnection;
	readonly #schema: ChatSchema;
	readonly #calls = new ReducerCalls();

	/** `guard` runs each callback of the SDK's, and keeps its exceptions from the SDK. */
	constructor(
		connection: DbConnection,
		schema: ChatSchema,
		events: BackendEvents,
		guard: (act: () => void) => void,
	) {
		this.#connection = connection;
		this.#schema = schema;
		const { user, message } = connection.db;
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
		message.onInsert((context, row) =>
			guard(() => {
				if (isLive(context)) {
					events.messageArrived(readMessage(row));
				}
			}),
		);
		message.onDelete((_context, row) => guard(() => events.messageGone(readMessage(row).key)));
		for (const reducer of [schema.setName, schema.sendMessage]) {
			connection.onReducer(reducer, (context, argument: string) =>
				guard(() => this.#calls.answer(reducer, argument, readStatus(context.event))),
			);
		}
	}

	snapshot(): BackendSnapshot {
		const { user, message } = this.#connection.db;
		return {
			people: [...user.iter()].map(readPerson),
			messages: [...message.iter()].map(readMessage),
		};
	}

	setName(name: string, settle: (result: CallResult) => void): void {
		const writer = new BinaryWriter(name.length * 2 + 8);
		SetName.getTypeScriptAlgebraicType().serialize(writer, { name });
		this.#call(this.#schema.setName, name, writer, settle);
	}

	sendMessage(_clientId: string, text: string, settle: (result: CallResult) => void): void {
		const writer = new BinaryWriter(text.length * 2 + 8);
		SendMessage.getTypeScriptAlgebraicType().serialize(writer, { text });
		this.#call(this.#schema.sendMessage, text, writer, settle);
	}

	cut(): void {
		this.#calls.cut();
	}

	#call(
		reducer: string,
		argument: string,
		writer: BinaryWriter,
		settle: (result: CallResult) => void,
	): void {
		this.#calls.begin(reducer, argument, settle);
		this.#connection.callReducer(reducer, writer.getBuffer(), "FullUpdate");
	}
}

/** Rows that come with the snapshot are read from it as a whole. */
function isLive(context: EventContext): boolean {
	return context.event.tag !== "SubscribeApplied";
}

function readStatus(event: ReducerEvent<never>): CallResult {
	switch (event.status.tag) {
		case "Committed":
			return {
				kind: "committed",
				atMicros: toSafeNumber(event.timestamp.microsSinceUnixEpoch),
			};
		case "Failed":
			return { kind: "refused", reason: (event.status as { value: string }).value };
		default:
			return { kind: "refused", reason: "The database is out of energy." };
	}
}
