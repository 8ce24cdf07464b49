import type { Disposable, ExtensionContext, LogOutputChannel, WebviewView } from "vscode";
import { commands, l10n, window, type WebviewViewProvider } from "vscode";
import type { ChatParts } from "./chatParts";
import type { CommandName } from "./contributions";
import { logOn } from "./platform/log";
import type { Memory } from "./platform/memory";

/**
 * Loads the chat once, at its first use: when the panel is shown, a command runs or the window connects.
 * Nothing of the chat is loaded, made or shown before.
 */
export class LateChat implements Disposable, WebviewViewProvider {
	readonly #context: ExtensionContext;
	readonly #memory: Memory;
	#channel: LogOutputChannel | undefined;
	#loading: Promise<ChatParts | undefined> | undefined;
	#parts: ChatParts | undefined;
	#isDisposed = false;

	constructor(context: ExtensionContext, memory: Memory) {
		this.#context = context;
		this.#memory = memory;
	}

	/** Loads the chat. Returns `undefined` if loading failed, which is shown, or the window is closing. */
	async load(): Promise<ChatParts | undefined> {
		this.#loading ??= this.#load();
		return this.#loading;
	}

	async connect(): Promise<void> {
		(await this.load())?.session.connection.connect();
	}

	/** Shows the panel with the caret in the composer. */
	async open(): Promise<void> {
		await (await this.load())?.view.open();
	}

	async run(name: CommandName, argument: unknown): Promise<void> {
		await (await this.load())?.run(name, argument);
	}

	async resolveWebviewView(view: WebviewView): Promise<void> {
		(await this.load())?.view.resolveWebviewView(view);
	}

	dispose(): void {
		this.#isDisposed = true;
		this.#parts?.dispose();
		this.#channel?.dispose();
	}

	async #load(): Promise<ChatParts | undefined> {
		try {
			const { ChatParts } = await import("./chatParts");
			if (!this.#isDisposed) {
				this.#parts = new ChatParts(this.#context, this.#memory, logOn(this.#openChannel()));
			}
		} catch (error) {
			// The next use tries again.
			this.#loading = undefined;
			this.#reportFailure(error);
		}
		return this.#parts;
	}

	/** Reports that loading failed. An update deletes the files of an extension that an open window uses. */
	#reportFailure(error: unknown): void {
		if (this.#isDisposed) {
			return;
		}
		logOn(this.#openChannel()).error("The chat could not be loaded", error);
		const reload = l10n.t("Reload Window");
		void window
			.showErrorMessage(
				l10n.t(
					"The chat could not be loaded, perhaps because the extension was updated. Reload the window. If that does not help, reinstall the extension.",
				),
				reload,
			)
			.then((choice) => {
				if (choice === reload) {
					void commands.executeCommand("workbench.action.reloadWindow");
				}
			});
	}

	#openChannel(): LogOutputChannel {
		this.#channel ??= window.createOutputChannel("SpacetimeDB Chat", { log: true });
		return this.#channel;
	}
}
