import { STOCK_LIMITS } from "../../shared/chat";
import type { DbConnection } from "../../module_bindings";
import type { Backend, BackendEvents, BackendSnapshot, CallResult } from "./backend";
import type { ChatSchema } from "./chatSchema";
import { isLive } from "./liveRow";
import { readMessage } from "./rows";
import type { Guard } from "./tutorialParts";
import { TutorialParts } from "./tutorialParts";

/** The chat of the quickstart tutorials, in Rust, C# or anything that looks the same. */
export class StockBackend extends TutorialParts implements Backend {
	readonly guarantee = "atMostOnce";
	readonly limits = STOCK_LIMITS;
	readonly queries: readonly string[] = ["SELECT * FROM user", "SELECT * FROM message"];

	constructor(connection: DbConnection, schema: ChatSchema, events: BackendEvents, guard: Guard) {
		super(connection, schema, events, guard);
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
		const messages = [...this.connection.db.message.iter()].map(readMessage);
		return { people: this.people(), messages };
	}

	/** The tutorial's tables have no place for an id. */
	sendMessage(_clientId: string, text: string, settle: (result: CallResult) => void): void {
		this.sayText(text, settle);
	}
}
