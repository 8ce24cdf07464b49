import { DbConnectionBuilder } from "@clockworklabs/spacetimedb-sdk";
import type { DbConnectionImpl } from "@clockworklabs/spacetimedb-sdk";
import { DbConnection } from "../../src/module_bindings";
import type { EventContext, Message, User } from "../../src/module_bindings";
import { until } from "./until";

type RemoteModule = ConstructorParameters<typeof DbConnectionBuilder>[0];

/** The reducers in the bindings of a quickstart client. */
const TUTORIAL_REDUCERS = ["set_name", "send_message", "client_connected", "identity_disconnected"];

/** The quickstart's remote module: its two tables and its reducers, nothing of ours. */
function tutorialModule(): RemoteModule {
	const { remoteModule } = DbConnection.builder() as unknown as { remoteModule: RemoteModule };
	return {
		...remoteModule,
		tables: Object.fromEntries(
			Object.entries(remoteModule.tables).filter(([name]) => ["user", "message"].includes(name)),
		),
		reducers: Object.fromEntries(
			Object.entries(remoteModule.reducers).filter(([name]) => TUTORIAL_REDUCERS.includes(name)),
		),
	};
}

/**
 * Another person in a terminal: behaves as the quickstart's terminal client, on the plain SDK with its own
 * socket. The client prints a row only if the row comes from a reducer in its own bindings.
 */
export class TerminalClient {
	readonly lines: string[] = [];
	readonly identity: string;
	readonly token: string;
	readonly #connection: DbConnection;

	private constructor(connection: DbConnection, identity: string, token: string) {
		this.#connection = connection;
		this.identity = identity;
		this.token = token;
	}

	static async connect(url: string, database: string, token?: string): Promise<TerminalClient> {
		return new Promise((resolve, reject) => {
			const builder = new DbConnectionBuilder<DbConnection, unknown, unknown>(
				tutorialModule(),
				// eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- as generated
				(connection: DbConnectionImpl) => connection as DbConnection,
			)
				.withUri(url)
				.withModuleName(database)
				.onConnect((connection, identity, newToken) => {
					const client = new TerminalClient(connection, identity.toHexString(), newToken);
					client.#listen();
					connection
						.subscriptionBuilder()
						.onApplied(() => {
							client.#printBacklog();
							resolve(client);
						})
						.onError((context) => reject(context.event ?? new Error("subscription error")))
						.subscribe(["SELECT * FROM user", "SELECT * FROM message"]);
				})
				.onConnectError((_context, error) => reject(error));
			if (token !== undefined) {
				builder.withToken(token);
			}
			builder.build();
		});
	}

	/** Sends a line as typed into the terminal. */
	say(line: string): void {
		if (line.startsWith("/name ")) {
			this.#connection.reducers.setName(line.slice("/name ".length));
		} else {
			this.#connection.reducers.sendMessage(line);
		}
	}

	async sees(line: string | RegExp, limitMs?: number): Promise<string> {
		const matches = (printed: string) =>
			typeof line === "string" ? printed === line : line.test(printed);
		return until(
			`the terminal prints ${String(line)}; it printed ${JSON.stringify(this.lines)}`,
			() => this.lines.find(matches),
			limitMs,
		);
	}

	/** All texts that this client holds, ordered by `sent`. */
	messages(): string[] {
		return this.#sorted().map(({ text }) => text);
	}

	people(): { readonly identity: string; readonly name?: string; readonly online: boolean }[] {
		return [...this.#connection.db.user.iter()].map(({ identity, name, online }) => ({
			identity: identity.toHexString(),
			...(name === undefined ? {} : { name }),
			online,
		}));
	}

	isOnline(identity: string): boolean {
		return this.people().some((person) => person.identity === identity && person.online);
	}

	leave(): void {
		this.#connection.disconnect();
	}

	#listen(): void {
		const { user, message } = this.#connection.db;
		user.onInsert((context, row) => {
			if (isKnownReducer(context) && row.online) {
				this.lines.push(`${this.#nameOf(row)} connected`);
			}
		});
		user.onUpdate((context, before, row) => {
			if (!isKnownReducer(context)) {
				return;
			}
			if (before.name !== row.name) {
				this.lines.push(`${this.#nameOf(before)} is now ${this.#nameOf(row)}`);
			}
			if (before.online !== row.online) {
				this.lines.push(`${this.#nameOf(row)} ${row.online ? "connected" : "disconnected"}`);
			}
		});
		message.onInsert((context, row) => {
			if (isKnownReducer(context)) {
				this.#print(row);
			}
		});
		this.#connection.reducers.onSetName(({ event }, name) => this.#failed(event, "name", name));
		this.#connection.reducers.onSendMessage(({ event }, text) =>
			this.#failed(event, "message", text),
		);
	}

	#failed(
		event: { readonly status: { readonly tag: string; readonly value?: unknown } },
		what: string,
		value: string,
	): void {
		if (event.status.tag === "Failed") {
			this.lines.push(`failed ${what} ${value}: ${String(event.status.value)}`);
		}
	}

	#printBacklog(): void {
		for (const row of this.#sorted()) {
			this.#print(row);
		}
	}

	#sorted(): Message[] {
		return [...this.#connection.db.message.iter()].sort((a, b) =>
			Number(a.sent.microsSinceUnixEpoch - b.sent.microsSinceUnixEpoch),
		);
	}

	#print(row: Message): void {
		const sender = this.#connection.db.user.identity.find(row.sender);
		this.lines.push(`${sender === undefined ? "unknown" : this.#nameOf(sender)}: ${row.text}`);
	}

	#nameOf({ name, identity }: User): string {
		return name ?? identity.toHexString().slice(0, 8);
	}
}

function isKnownReducer({ event }: EventContext): boolean {
	return event.tag === "Reducer";
}
