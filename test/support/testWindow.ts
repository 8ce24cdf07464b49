import type { Entry, Message } from "../../src/shared/chat";
import type { ConnectionState } from "../../src/shared/connectionState";
import type { SendOutcome } from "../../src/shared/protocol";
import { temporaryFolder } from "../../scripts/lib/processes.mjs";
import { sendMessage } from "../../src/extension/chat/sendMessage";
import { ChatSession } from "../../src/extension/chat/session";
import { setName } from "../../src/extension/chat/setName";
import { ChatConnection } from "../../src/extension/database/connection";
import { readComposerInput } from "../../src/shared/composerInput";
import { Journal } from "../../src/extension/chat/outbox/journal";
import { readAddress } from "../../src/extension/platform/address";
import { TokenStore } from "../../src/extension/platform/tokenStore";
import { redact } from "../../src/extension/platform/log";
import { MemorySecrets } from "./memorySecrets";
import { until } from "./until";

/** A window's chat without its workbench: the whole host side over a real connection. */
export class TestWindow {
	readonly secrets: MemorySecrets;
	readonly session: ChatSession;
	readonly states: ConnectionState[] = [];
	readonly logged: string[] = [];
	server: string;
	database: string;
	readonly #tokens: TokenStore;
	readonly #journal: Journal;

	/** @param folder the journal's folder, which a later window of the same person shares */
	constructor(
		server: string,
		database: string,
		secrets = new MemorySecrets(),
		readonly folder = temporaryFolder("spacetimedb-chat-journal"),
	) {
		this.server = server;
		this.database = database;
		this.secrets = secrets;
		const write = (message: string, error?: unknown) => {
			const detail = error instanceof Error ? (error.stack ?? error.message) : "";
			this.logged.push(redact(`${message} ${detail}`));
		};
		const log = { info: write, warn: write, error: write, show: () => undefined };
		this.#tokens = new TokenStore(secrets, log);
		this.#journal = new Journal({ folder: this.folder, log });
		this.session = new ChatSession({
			journal: this.#journal,
			identities: secrets,
			rooms: secrets,
			tokens: this.#tokens,
			log,
			readAddress: () => readAddress(this.server, this.database),
			connect: (listener) =>
				new ChatConnection(
					{
						tokens: this.#tokens,
						log,
						readAddress: () => readAddress(this.server, this.database),
						historyWindowMs: () => 24 * 60 * 60 * 1_000,
						mayBeInsecure: () => false,
						// The shortest waits, so that a test does not idle.
						random: () => 0,
					},
					listener,
				),
		});
		this.session.connection.onDidChangeState((state) => this.states.push(state));
	}

	/** Opens a window, connected and with its backlog. */
	static async online(
		server: string,
		database: string,
		secrets?: MemorySecrets,
	): Promise<TestWindow> {
		const window = new TestWindow(server, database, secrets);
		window.session.connection.connect();
		await window.becomes("online");
		return window;
	}

	async becomes<K extends ConnectionState["kind"]>(
		kind: K,
		limitMs?: number,
	): Promise<Extract<ConnectionState, { kind: K }>> {
		return until(
			`the state is ${kind}; states were ${JSON.stringify(this.states)}`,
			() => {
				const { state } = this.session;
				return state.kind === kind ? (state as Extract<ConnectionState, { kind: K }>) : undefined;
			},
			limitMs,
		);
	}

	get me(): string {
		return this.session.people.me ?? "";
	}

	get entries(): Entry[] {
		return this.session.openRoom.log.timeline();
	}

	get messages(): Message[] {
		return this.entries.filter((entry) => entry.kind === "message");
	}

	get texts(): string[] {
		return this.messages.map(({ text }) => text);
	}

	/** The notices as short words: `joined Ada`, `renamed Ada Grace`, or a sentence. */
	get notices(): string[] {
		return this.entries.flatMap((entry) => {
			if (entry.kind !== "notice") {
				return [];
			}
			switch (entry.what) {
				case "joined":
				case "left":
					return [`${entry.what} ${entry.name}`];
				case "renamed":
					return [`renamed ${entry.from} ${entry.to}`];
				case "sentence":
					return [entry.sentence];
			}
		});
	}

	/** Does what a typed line asks for. @param room the room it is typed in; by default the open one */
	async say(
		line: string,
		room = this.session.openRoom.id,
		clientId: string = crypto.randomUUID(),
	): Promise<SendOutcome> {
		const input = readComposerInput(line);
		switch (input.kind) {
			case "name":
				return setName(this.session, input.name);
			case "message": {
				const target = this.session.roomAddress(room);
				return sendMessage(this.session, { clientId, text: input.text, target });
			}
			default:
				throw new Error(`${line} is neither a message nor a name`);
		}
	}

	async sees(text: string, limitMs?: number): Promise<Message> {
		return until(
			`the message ${JSON.stringify(text)} is seen among ${JSON.stringify(this.texts)}`,
			() => this.messages.find((message) => message.text === text && message.state.kind === "sent"),
			limitMs,
		);
	}

	async seesNotice(notice: string, limitMs?: number): Promise<string> {
		return until(
			`the notice ${JSON.stringify(notice)} is seen`,
			() => this.notices.find((seen) => seen === notice),
			limitMs,
		);
	}

	close(): void {
		this.session.dispose();
		this.#journal.dispose();
		this.#tokens.dispose();
	}
}
