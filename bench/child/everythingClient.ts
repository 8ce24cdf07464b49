import type { DbConnection, Message, Post, User } from "../../test/support/plainClient";
import { plainBuilder } from "../../test/support/plainClient";

/** Where the messages are: a module of ours keeps only the newest where the tutorial has them. */
const EVERYTHING = {
	ours: ["SELECT * FROM user", "SELECT * FROM post"],
	stock: ["SELECT * FROM user", "SELECT * FROM message"],
} as const;

export type Kind = keyof typeof EVERYTHING;

/** What a quickstart client knows. */
export interface Everything {
	readonly users: Map<string, User>;
	readonly messages: (Message | Post)[];
}

/**
 * The SDK as it comes, with its own socket.
 *
 * @param queries what is subscribed to
 * @param token of somebody who was there before
 */
export async function connectPlainly(
	url: string,
	database: string,
	queries: readonly string[],
	connected: (connection: DbConnection) => void = () => undefined,
	token?: string,
): Promise<DbConnection> {
	return new Promise((resolve, reject) => {
		const builder = plainBuilder();
		(token === undefined ? builder : builder.withToken(token))
			.withUri(url)
			.withModuleName(database)
			.onConnect((connection) => {
				connected(connection);
				connection
					.subscriptionBuilder()
					.onApplied(() => resolve(connection))
					.onError((context) => reject(context.event ?? new Error("subscription error")))
					.subscribe([...queries]);
			})
			.onConnectError((_context, error) => reject(error))
			.build();
	});
}

/**
 * What a client made from the quickstart does: subscribes to everything, and is told of each row, those
 * that are there already as well. Here a row is put into a list; the tutorial's copies its list each time.
 */
export async function connectToEverything(
	url: string,
	database: string,
	kind: Kind,
	token?: string,
): Promise<Everything> {
	const users = new Map<string, User>();
	const messages: (Message | Post)[] = [];
	const connected = ({ db }: DbConnection): void => {
		const know = (user: User) => users.set(user.identity.toHexString(), user);
		db.user.onInsert((_context, user) => know(user));
		db.user.onUpdate((_context, _before, user) => know(user));
		if (kind === "ours") {
			db.post.onInsert((_context, row) => messages.push(row));
		} else {
			db.message.onInsert((_context, row) => messages.push(row));
		}
	};
	await connectPlainly(url, database, EVERYTHING[kind], connected, token);
	return { users, messages };
}
