import type { ExtensionContext, SecretStorage } from "vscode";
import { commands, ExtensionMode, window } from "vscode";
import { COMMAND_NAMES, VIEW_ID } from "./contributions";
import { LateChat } from "./lateChat";
import { Memory } from "./platform/memory";
import { startUp } from "./startup";

/** Parts of the extension that only the tests in the extension host receive. */
export interface TestAccess {
	readonly chat: LateChat;
	readonly secrets: SecretStorage;
}

/**
 * Activates the extension. Runs in every window, so it only registers the view and the commands. They
 * load the chat when it is needed; startup connects only if the settings ask for that.
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
	// Runs later, so that activation does not wait for the code of the chat.
	setImmediate(() => {
		startUp(chat, memory);
	});
	return context.extensionMode === ExtensionMode.Test
		? { chat, secrets: context.secrets }
		: undefined;
}
