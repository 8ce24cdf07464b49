import type { DbConnection, SearchResult } from "./plainClient";
import { plainBuilder } from "./plainClient";
import { until } from "./until";

/** The answer to a search. */
export type Answer = { readonly row: SearchResult } | { readonly refusal: string };

/** A client that subscribes to everything, and searches. */
export class Searcher {
	readonly #connection: DbConnection;
	/** Texts of other people's searches that this client received. */
	readonly overheard: string[] = [];
	readonly #answers = new Map<bigint, Answer>();
	#lastQuery = 0n;

	private constructor(
		connection: DbConnection,
		readonly identity: string,
		readonly token: string,
	) {
		this.#connection = connection;
		connection.reducers.onSearch(({ event }, { queryId, text }) => {
			if (event.callerIdentity.toHexString() !== identity) {
				this.overheard.push(text);
			} else if (event.status.tag === "Failed") {
				this.#answers.set(queryId, { refusal: event.status.value });
			}
		});
		const take = (row: SearchResult) => {
			if (row.asker.toHexString() === identity) {
				this.#answers.set(row.queryId, { row });
			}
		};
		// The next answer updates the row.
		connection.db.searchResult.onInsert((_context, row) => take(row));
		connection.db.searchResult.onUpdate((_context, _before, row) => take(row));
	}

	static async connect(url: string, database: string, token?: string): Promise<Searcher> {
		return new Promise((resolve, reject) => {
			const builder = plainBuilder()
				.withUri(url)
				.withModuleName(database)
				.onConnect((connection, identity, newToken) => {
					const searcher = new Searcher(connection, identity.toHexString(), newToken);
					connection
						.subscriptionBuilder()
						.onApplied(() => resolve(searcher))
						.onError((context) => reject(context.event ?? new Error("subscription error")))
						.subscribeToAllTables();
				})
				.onConnectError((_context, error) => reject(error));
			if (token !== undefined) {
				builder.withToken(token);
			}
			builder.build();
		});
	}

	/** Sends a search, and waits for the answer. */
	async search(
		text: string,
		{ room = 1, before }: { readonly room?: number; readonly before?: bigint } = {},
	): Promise<Answer> {
		const queryId = ++this.#lastQuery;
		this.#connection.reducers.search({ room, queryId, text, beforeSeq: before });
		return until(`the search for ${text} is answered`, () => this.#answers.get(queryId));
	}

	/** Returns the result of a search. @throws if the search is refused */
	async result(text: string, before?: bigint): Promise<SearchResult> {
		const answer = await this.search(text, before === undefined ? {} : { before });
		if ("refusal" in answer) {
			throw new Error(answer.refusal);
		}
		return answer.row;
	}

	/** Returns the excerpts of a search's hits. */
	async find(text: string): Promise<readonly string[]> {
		const { hits } = await this.result(text);
		return hits.map(({ excerpt }) => excerpt);
	}

	/** Returns the rows of results that this client received, of all people. */
	results(): SearchResult[] {
		return [...this.#connection.db.searchResult.iter()];
	}

	say(text: string): void {
		this.#connection.reducers.sendMessage({ text });
	}

	leave(): void {
		this.#connection.disconnect();
	}
}
