import { DbConnection } from "../../src/module_bindings";

/**
 * What a client made from the quickstart does: the SDK as it comes, with its own socket, subscribed to
 * everything.
 *
 * @param queries what "everything" is in this database
 */
export async function connectToEverything(
	url: string,
	database: string,
	queries: readonly string[],
): Promise<DbConnection> {
	return new Promise((resolve, reject) => {
		DbConnection.builder()
			.withUri(url)
			.withModuleName(database)
			.onConnect((connection) => {
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

/** Where the messages are: a module of ours keeps only the newest where the tutorial has them. */
export const EVERYTHING = {
	ours: ["SELECT * FROM user", "SELECT * FROM post"],
	stock: ["SELECT * FROM user", "SELECT * FROM message"],
} as const;
