import type { Disposable, ExtensionContext, LogOutputChannel, WebviewView } from "vscode";
import { commands, l10n, window, type WebviewViewProvider } from "vscode";
import type { ChatParts } from "./chatParts";
import type { CommandName } from "./contributions";
import { logOn } from "./platform/log";
import type { Memory } from "./platform/memory";

/**
 * The chat before anybody needs it: nothing of it is loaded, made or shown until the panel is shown, a
 * command is run or this window is to be connected. Loads it once, however many ask.
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

	/** The chat, loaded if need be; `undefined` if it can't be, which the person is told, or is over. */
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
			// The next who asks tries again.
			this.#loading = undefined;
			this.#tell(error);
		}
		return this.#parts;
	}

	/** Files are gone when an update has replaced the extension under a window that stayed open. */
	#tell(error: unknown): void {
		if (this.#isDisposed) {
			return;
		}
		logOn(this.#openChannel()).error("The chat could not be loaded", error);
		const reload = l10n.t("Reload Window");
		void window
			.showErrorMessage(
				l10n.t(
					"The chat could not be loaded, perhaps since it was updated. Reload the window; if that does not help, install the extension anew.",
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
