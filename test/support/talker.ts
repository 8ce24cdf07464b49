import { DbConnection } from "../../src/module_bindings";
import { LOBBY } from "./callers";

/** Somebody who talks as fast as the socket takes it, and does not listen to others. */
export class Talker {
	readonly #connection: DbConnection;
	#said = 0;
	#unanswered = 0;

	private constructor(
		connection: DbConnection,
		readonly identity: string,
		readonly token: string,
	) {
		this.#connection = connection;
		const answered = () => {
			this.#unanswered--;
		};
		connection.reducers.onSendMessage(answered);
		connection.reducers.onPostMessage(answered);
	}

	/** What was said and has no answer yet. */
	get unanswered(): number {
		return this.#unanswered;
	}

	static async connect(url: string, database: string): Promise<Talker> {
		return new Promise((resolve, reject) => {
			DbConnection.builder()
				.withUri(url)
				.withModuleName(database)
				.onConnect((connection, identity, token) =>
					resolve(new Talker(connection, identity.toHexString(), token)),
				)
				.onConnectError((_context, error) => reject(error))
				.build();
		});
	}

	/** In the lobby as a tutorial's client does. */
	say(room: number, text: string): void {
		this.#unanswered++;
		if (room === LOBBY) {
			this.#connection.reducers.sendMessage(text);
			return;
		}
		this.#connection.reducers.postMessage(room, `said-${++this.#said}`, text);
	}

	leave(): void {
		this.#connection.disconnect();
	}
}
