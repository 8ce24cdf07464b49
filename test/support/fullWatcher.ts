import { once } from "node:events";
import WebSocket from "ws";
import { until } from "./until";

interface TableUpdate {
	readonly table_name: string;
	readonly updates: readonly {
		readonly deletes: readonly string[];
		readonly inserts: readonly string[];
	}[];
}

interface Frame {
	readonly SubscribeApplied?: {
		readonly query_id: { readonly id: number };
		readonly rows: { readonly table_rows: TableUpdate };
	};
	readonly SubscriptionError?: {
		readonly query_id: { readonly some?: number };
		readonly error: string;
	};
	readonly TransactionUpdate?: {
		readonly status: { readonly Committed?: { readonly tables: readonly TableUpdate[] } };
		readonly reducer_call: { readonly reducer_name: string; readonly args: string };
	};
}

/**
 * A client that receives all it can: in full mode, the server also sends the name, the arguments and the
 * caller of each reducer that touches a visible row. It uses the server's JSON, whose frames can be searched
 * as text.
 */
export class FullWatcher {
	/** All received frames, as text. */
	readonly frames: string[] = [];
	/** The refused queries. */
	readonly refused: string[] = [];
	readonly #socket: WebSocket;
	readonly #queries: string[] = [];
	#answered = 0;

	private constructor(socket: WebSocket) {
		this.#socket = socket;
		socket.on("message", (data) => this.#receive((data as Buffer).toString()));
	}

	/** Connects, and waits until each query is answered, with rows or a refusal. */
	static async connect(
		server: { readonly url: string },
		database: string,
		token: string,
		queries: readonly string[],
	): Promise<FullWatcher> {
		const url = new URL(`v1/database/${database}/subscribe?compression=None`, server.url);
		url.protocol = "ws:";
		const socket = new WebSocket(url, "v1.json.spacetimedb", {
			headers: { Authorization: `Bearer ${token}` },
			perMessageDeflate: false,
		});
		const watcher = new FullWatcher(socket);
		await once(socket, "open");
		await watcher.watch(queries);
		return watcher;
	}

	/** Subscribes to more. */
	async watch(queries: readonly string[]): Promise<void> {
		for (const query of queries) {
			const id = this.#queries.push(query) - 1;
			this.#socket.send(
				JSON.stringify({ SubscribeSingle: { query, request_id: id, query_id: { id } } }),
			);
		}
		await until("every query is answered", () => this.#answered === this.#queries.length);
	}

	/** Counts the frames that contain all these texts. */
	framesWith(...texts: string[]): number {
		return this.frames.filter((frame) => texts.every((text) => frame.includes(text))).length;
	}

	/** Counts the inserted and deleted rows of a table, in answers and updates. */
	rowsOf(table: string): number {
		return this.#parsed()
			.flatMap((frame) => [
				...(frame.SubscribeApplied === undefined ? [] : [frame.SubscribeApplied.rows.table_rows]),
				...(frame.TransactionUpdate?.status.Committed?.tables ?? []),
			])
			.filter(({ table_name }) => table_name === table)
			.flatMap(({ updates }) => updates)
			.reduce((sum, { deletes, inserts }) => sum + deletes.length + inserts.length, 0);
	}

	/** Returns the reducer of each received transaction. */
	reducers(): string[] {
		return this.#parsed().flatMap(({ TransactionUpdate: update }) =>
			update === undefined ? [] : [update.reducer_call.reducer_name],
		);
	}

	/** Drops the frames received before. */
	clear(): void {
		this.frames.length = 0;
	}

	leave(): void {
		this.#socket.close();
	}

	#parsed(): Frame[] {
		return this.frames.map((frame) => JSON.parse(frame) as Frame);
	}

	#receive(text: string): void {
		this.frames.push(text);
		const { SubscribeApplied: applied, SubscriptionError: error } = JSON.parse(text) as Frame;
		if (error !== undefined) {
			this.refused.push(`${this.#queries[error.query_id.some ?? -1] ?? "?"}: ${error.error}`);
		}
		this.#answered += applied === undefined && error === undefined ? 0 : 1;
	}
}
