import { join } from "node:path";
import type { ExtensionContext, SecretStorage } from "vscode";
import { ExtensionMode, window, workspace } from "vscode";
import { ChatSession } from "./chat/chatSession";
import { Journal } from "./chat/journal";
import { registerCommands } from "./commands";
import { TokenStore } from "./connection/tokenStore";
import { LocalServer } from "./localServer/localServer";
import { logOn } from "./log";
import { Memory } from "./memory";
import {
	ADDRESS_SETTINGS,
	configuredAddress,
	connectOnStartup,
	historyWindowMs,
	openOnStartup,
} from "./settings";
import { MentionNotices } from "./talk/mentionNotices";
import { AwayWatch } from "./talk/presence";
import { StatusBar } from "./statusBar";
import { ChatViewProvider } from "./view/chatViewProvider";

/** What the tests in the extension host may look at; nobody else is given it. */
export interface TestAccess {
	readonly session: ChatSession;
	readonly view: ChatViewProvider;
	readonly statusBar: StatusBar;
	readonly secrets: SecretStorage;
}

/** Begins the extension; a chat is connected only if this person wants one at startup. */
export function activate(context: ExtensionContext): TestAccess | undefined {
	const { subscriptions } = context;
	const register = <T extends { dispose(): void }>(owned: T): T => {
		subscriptions.push(owned);
		return owned;
	};

	const channel = register(window.createOutputChannel("SpacetimeDB Chat", { log: true }));
	const log = logOn(channel);
	const memory = new Memory(context.globalState);
	const tokens = register(new TokenStore(context.secrets, log));
	const journal = register(
		new Journal({ folder: join(context.globalStorageUri.fsPath, "outbox"), log }),
	);
	const session = register(
		new ChatSession({
			journal,
			identities: memory,
			rooms: memory,
			tokens,
			log,
			readAddress: configuredAddress,
			historyWindowMs,
			mayBeInsecure: (address) => memory.mayBeInsecure(address),
		}),
	);
	const view = register(new ChatViewProvider(context.extensionUri, session, memory, log));
	register(new MentionNotices(session, () => view.open()));
	register(new AwayWatch(session));
	const localServer = register(new LocalServer(context.extensionUri, session, tokens));
	const statusBar = register(new StatusBar(session));
	register(window.registerWebviewViewProvider(ChatViewProvider.viewId, view));
	register(registerCommands({ session, view, localServer, log }));
	register(
		session.connection.onDidChangeState(({ kind }) => {
			if (kind === "online") {
				memory.rememberUse();
			}
		}),
	);
	register(
		workspace.onDidChangeConfiguration((change) => {
			const isElsewhere = ADDRESS_SETTINGS.some((name) => change.affectsConfiguration(name));
			if (isElsewhere && session.connection.isWished) {
				session.connection.connect();
			}
		}),
	);
	register(
		window.onDidChangeWindowState(({ focused }) => {
			if (focused) {
				session.connection.retryNow();
			}
		}),
	);

	const wish = connectOnStartup();
	if (wish === "always" || (wish === "whenUsedBefore" && memory.wasUsed)) {
		session.connection.connect();
	}
	if (openOnStartup()) {
		void view.open();
	}
	return context.extensionMode === ExtensionMode.Test
		? { session, view, statusBar, secrets: context.secrets }
		: undefined;
}
