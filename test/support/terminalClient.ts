import type { RemoteModule } from "../../src/extension/database/sdk/remoteModule";
import type { EventContext } from "../../src/extension/database/sdk/tableEvents";
import type { DbConnection, Message, User } from "./plainClient";
import { plainBuilder, plainModule } from "./plainClient";
import { until } from "./until";

/** The reducers that a client made from the tutorial has bindings for. */
const TUTORIAL_REDUCERS = ["set_name", "send_message", "client_connected", "identity_disconnected"];

/** The tutorial's remote module: two tables and its own reducers, and nothing else of ours. */
function tutorialModule(): RemoteModule {
	const remoteModule = plainModule();
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
 * The other person: does what the tutorial's terminal client does, on the plain SDK with its own
 * socket. It prints a row only when it comes from a reducer that its own bindings know.
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
			const builder = plainBuilder(tutorialModule())
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

	/** A line as it is typed into the terminal. */
	say(line: string): void {
		if (line.startsWith("/name ")) {
			this.#connection.reducers.setName({ name: line.slice("/name ".length) });
		} else {
			this.#connection.reducers.sendMessage({ text: line });
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

	/** All texts in the database as this client knows it, by `sent`. */
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
		this.#connection.reducers.onSetName(({ event }, { name }) => this.#failed(event, "name", name));
		this.#connection.reducers.onSendMessage(({ event }, { text }) =>
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
		const sender = [...this.#connection.db.user.iter()].find(
			({ identity }) => identity.data === row.sender.data,
		);
		this.lines.push(`${sender === undefined ? "unknown" : this.#nameOf(sender)}: ${row.text}`);
	}

	#nameOf({ name, identity }: User): string {
		return name ?? identity.toHexString().slice(0, 8);
	}
}

function isKnownReducer({ event }: EventContext): boolean {
	return event.tag === "Reducer";
}
