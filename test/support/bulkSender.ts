import { LOBBY } from "./callers";
import type { DbConnection } from "./plainClient";
import { plainBuilder } from "./plainClient";
import { until } from "./until";

/** The server queues 2,048 calls of a connection, and then closes it (server 1.3.0). */
const MOST_UNANSWERED = 1_500;
const ANSWER_LIMIT_MS = 120_000;

/** A client that sends as fast as the socket accepts, and subscribes to nothing. */
export class BulkSender {
	readonly #connection: DbConnection;
	#sent = 0;
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

	static async connect(url: string, database: string): Promise<BulkSender> {
		return new Promise((resolve, reject) => {
			plainBuilder()
				.withUri(url)
				.withModuleName(database)
				.onConnect((connection, identity, token) =>
					resolve(new BulkSender(connection, identity.toHexString(), token)),
				)
				.onConnectError((_context, error) => reject(error))
				.build();
		});
	}

	/** Sends a message; in the lobby, as a quickstart client does. */
	send(room: number, text: string): void {
		this.#unanswered++;
		if (room === LOBBY) {
			this.#connection.reducers.sendMessage({ text });
			return;
		}
		this.#connection.reducers.postMessage({ room, clientId: `sent-${++this.#sent}`, text });
	}

	/** Waits while the server has too many calls to answer. */
	async keepPace(): Promise<void> {
		if (this.#unanswered >= MOST_UNANSWERED) {
			await this.#answeredBut(MOST_UNANSWERED - 1);
		}
	}

	/** Waits until all calls are answered. */
	async done(): Promise<void> {
		await this.#answeredBut(0);
	}

	async #answeredBut(most: number): Promise<void> {
		await until("it is answered", () => this.#unanswered <= most, ANSWER_LIMIT_MS);
	}

	leave(): void {
		this.#connection.disconnect();
	}
}
