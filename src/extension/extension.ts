import type { ExtensionContext, SecretStorage } from "vscode";
import { commands, ExtensionMode, window } from "vscode";
import { COMMAND_NAMES, VIEW_ID } from "./contributions";
import { LateChat } from "./lateChat";
import { Memory } from "./platform/memory";
import { startUp } from "./startup";

/** What the tests in the extension host may look at; nobody else is given it. */
export interface TestAccess {
	readonly chat: LateChat;
	readonly secrets: SecretStorage;
}

/**
 * Begins the extension. Runs in every window, so it does no more than say what can be asked for; the
 * chat is loaded when it is, and connected only if this person wants that at startup.
 */
export function activate(context: ExtensionContext): TestAccess | undefined {
	const memory = new Memory(context.globalState);
	const chat = new LateChat(context, memory);
	context.subscriptions.push(
		chat,
		window.registerWebviewViewProvider(VIEW_ID, chat),
		...COMMAND_NAMES.map((name) =>
			commands.registerCommand(`spacetimedbChat.${name}`, (argument: unknown) =>
				chat.run(name, argument),
			),
		),
	);
	// In a turn of its own, for activation not to wait for the chat's code where it connects by itself.
	setImmediate(() => {
		startUp(chat, memory);
	});
	return context.extensionMode === ExtensionMode.Test
		? { chat, secrets: context.secrets }
		: undefined;
}
