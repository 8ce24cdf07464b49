import { join } from "node:path";
import type { ExtensionContext } from "vscode";
import { window, workspace } from "vscode";
import { ChatSession } from "./chat/session";
import { ChatConnection } from "./database/connection";
import { Journal } from "./chat/outbox/journal";
import type { CommandTargets } from "./commands/palette";
import { runCommand } from "./commands/palette";
import { TokenStore } from "./platform/tokenStore";
import type { CommandName } from "./contributions";
import { DisposableStore } from "./platform/disposable";
import { LocalServer } from "./commands/localServer/localServer";
import type { Log } from "./platform/log";
import type { Memory } from "./platform/memory";
import { ADDRESS_SETTINGS, configuredAddress, historyWindowMs } from "./platform/settings";
import { StatusBar } from "./ambient/statusBar";
import { Attention } from "./ambient/attention";
import { MentionNotices } from "./ambient/mentionNotices";
import { AwayWatch } from "./ambient/presence";
import { PanelProvider } from "./panel/provider";

/** The chat of this window: its session, and everything that shows it or acts on it. Made once. */
export class ChatParts extends DisposableStore {
	readonly session: ChatSession;
	readonly view: PanelProvider;
	readonly statusBar: StatusBar;
	readonly #targets: CommandTargets;

	constructor(context: ExtensionContext, memory: Memory, log: Log) {
		super();
		const tokens = this.register(new TokenStore(context.secrets, log));
		const journal = this.register(
			new Journal({ folder: join(context.globalStorageUri.fsPath, "outbox"), log }),
		);
		const session = this.register(
			new ChatSession({
				journal,
				identities: memory,
				rooms: memory,
				tokens,
				log,
				readAddress: configuredAddress,
				connect: (listener) =>
					new ChatConnection(
						{
							tokens,
							log,
							readAddress: configuredAddress,
							historyWindowMs,
							mayBeInsecure: (address) => memory.mayBeInsecure(address),
						},
						listener,
					),
			}),
		);
		const attention = this.register(new Attention());
		const view = this.register(
			new PanelProvider(context.extensionUri, { session, memory, attention, log }),
		);
		this.register(new MentionNotices(session, attention, () => view.open()));
		this.register(new AwayWatch(session));
		const localServer = this.register(new LocalServer(context.extensionUri, session, tokens));
		this.session = session;
		this.view = view;
		this.statusBar = this.register(new StatusBar(session));
		this.#targets = { session, view, localServer, log };
		this.register(
			session.connection.onDidChangeState(({ kind }) => {
				if (kind === "online") {
					memory.rememberUse();
				}
			}),
		);
		this.register(
			workspace.onDidChangeConfiguration((change) => {
				const isElsewhere = ADDRESS_SETTINGS.some((name) => change.affectsConfiguration(name));
				if (isElsewhere && session.connection.isWanted) {
					session.connection.connect();
				}
			}),
		);
		this.register(
			window.onDidChangeWindowState(({ focused }) => {
				if (focused) {
					session.connection.retryNow();
				}
			}),
		);
	}

	/** Runs a command of package.json; what goes wrong is told to the person. */
	async run(name: CommandName, argument: unknown): Promise<void> {
		await runCommand(this.#targets, name, argument);
	}
}
