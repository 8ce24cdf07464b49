import type { Target } from "../child/answer";
import {
	plainBuilder,
	type DbConnection,
	type Message,
	type Post,
	type User,
} from "../../test/support/plainClient";

/** Connects with the SDK as it comes. */
export async function connectPlainly(
	{ url, database, token }: Target,
	queries: readonly string[],
	connected: (connection: DbConnection) => void = () => undefined,
): Promise<DbConnection> {
	return new Promise((resolve, reject) => {
		const builder = plainBuilder();
		(token === undefined ? builder : builder.withToken(token))
			.withUri(url)
			.withModuleName(database)
			.onConnect((connection) => {
				connected(connection);
				subscribe(connection, queries).then(() => resolve(connection), reject);
			})
			.onConnectError((_context, error) => reject(error))
			.build();
	});
}

export async function subscribe(connection: DbConnection, queries: readonly string[]) {
	return new Promise<void>((resolve, reject) => {
		connection
			.subscriptionBuilder()
			.onApplied(() => resolve())
			.onError((context) => reject(context.event ?? new Error("subscription error")))
			.subscribe([...queries]);
	});
}

/** The rows that a client made from the quickstart holds: all of them. */
export class Everything {
	readonly users = new Map<string, User>();
	/** In the order in which they came; the quickstart copies its list each time. */
	readonly messages: (Message | Post)[] = [];

	/** Subscribes to everything. @param changed called for each row, the existing ones included */
	async connect(
		target: Target,
		kind: "rooms" | "quickstart",
		changed: () => void = () => undefined,
	): Promise<DbConnection> {
		const keepUser = (user: User) => {
			this.users.set(user.identity.toHexString(), user);
			changed();
		};
		const keepMessage = (_context: unknown, message: Message | Post) => {
			this.messages.push(message);
			changed();
		};
		// A rooms database keeps only the newest messages in the quickstart's table.
		const table = kind === "rooms" ? "post" : "message";
		const queries = [`SELECT * FROM user`, `SELECT * FROM ${table}`];
		const connection = await connectPlainly(target, queries, ({ db }) => {
			db.user.onInsert((_context, user) => keepUser(user));
			db.user.onUpdate((_context, _before, user) => keepUser(user));
			db[table].onInsert(keepMessage);
		});
		// As the quickstart sorts them.
		this.messages.sort((a, b) => Number(a.sent.microsSinceUnixEpoch - b.sent.microsSinceUnixEpoch));
		changed();
		return connection;
	}
}
