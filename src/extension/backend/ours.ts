import type { TextLimits } from "../../shared/chat";
import { STOCK_LIMITS } from "../../shared/chat";
import type { DbConnection } from "../../module_bindings";
import type { Backend, BackendEvents, BackendSnapshot, CallResult } from "./backend";
import type { ChatSchema } from "./chatSchema";
import { isLive } from "./liveRow";
import { postKey, readPost } from "./rows";
import type { Guard } from "./tutorialParts";
import { TutorialParts } from "./tutorialParts";

/** The chat of `server/`: posts with ids, so that a repeat is heard once. */
export class OurBackend extends TutorialParts implements Backend {
	readonly guarantee = "exactlyOnce";
	readonly queries: readonly string[] = [
		"SELECT * FROM user",
		"SELECT * FROM post",
		"SELECT * FROM limits",
	];

	constructor(connection: DbConnection, schema: ChatSchema, events: BackendEvents, guard: Guard) {
		super(connection, schema, events, guard);
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
		const [row] = this.connection.db.limits.iter();
		return row === undefined
			? STOCK_LIMITS
			: { messageLength: row.messageLength, nameLength: row.nameLength };
	}

	snapshot(): BackendSnapshot {
		const messages = [...this.connection.db.post.iter()].map(readPost);
		return { people: this.people(), messages };
	}

	/**
	 * A tutorial client shows only what comes from the tutorial's reducers, so the id is announced and
	 * the text sent by those. Both go over one socket, hence in this order.
	 */
	sendMessage(clientId: string, text: string, settle: (result: CallResult) => void): void {
		this.reducers.tell("announce", clientId);
		this.sayText(text, settle);
	}
}
