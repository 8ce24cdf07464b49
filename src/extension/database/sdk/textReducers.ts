import type { ReducerEvent } from "@clockworklabs/spacetimedb-sdk";
import { BinaryWriter } from "@clockworklabs/spacetimedb-sdk";
import type { ChatDbConnection } from "./remoteModule";
import type { CallResult } from "../../chat/backend";
import { ReducerCalls } from "./reducerCalls";
import { toSafeNumber } from "./rows";

/** Calls reducers that take one text, and tells how each call ended. */
export class TextReducers {
	readonly #connection: ChatDbConnection;
	readonly #calls = new ReducerCalls();

	/** @param answered the reducers whose answers are waited for */
	constructor(
		connection: ChatDbConnection,
		answered: readonly string[],
		guard: (act: () => void) => void,
	) {
		this.#connection = connection;
		for (const reducer of answered) {
			connection.onReducer(reducer, (context, argument: string) =>
				guard(() => this.#calls.answer(reducer, argument, readStatus(context.event))),
			);
		}
	}

	/** `onResult` is called exactly once. */
	call(reducer: string, text: string, onResult: (result: CallResult) => void): void {
		this.#calls.begin(reducer, text, onResult);
		this.tell(reducer, text);
	}

	/** Calls without waiting for an answer. */
	tell(reducer: string, text: string): void {
		// A reducer's arguments are a product; one of a single text is encoded as that text.
		const writer = new BinaryWriter(text.length * 2 + 8);
		writer.writeString(text);
		this.#connection.callReducer(reducer, writer.getBuffer(), "FullUpdate");
	}

	cut(): void {
		this.#calls.cut();
	}
}

/** How a call ended, as the event of its answer tells. */
export function readStatus(event: ReducerEvent<never>): CallResult {
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
