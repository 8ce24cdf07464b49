import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import type { Terminal } from "vscode";
import { env, l10n, ProgressLocation, Uri, window } from "vscode";
import type { ChatSession } from "../../chat/session";
import type { Address } from "../../platform/address";
import { isLoopback } from "../../platform/address";
import type { TokenStore } from "../../platform/tokenStore";
import { DisposableStore } from "../../platform/disposable";
import { Refusal } from "../../platform/failure";
import { canStartServer, spacetimePath } from "../../platform/settings";
import { findSpacetime } from "./findSpacetime";
import { answersPing, createToken, databaseExists, makeOwner, publishModule } from "./serverHttp";

const INSTALL_PAGE = "https://spacetimedb.com/install";
/** A first start takes under 4 s (server 1.3.0, two busy cores). */
const START_LIMIT_MS = 60_000;
const ASK_EVERY_MS = 250;

/** A server on this machine, in a terminal that the person can see and stop. */
export class LocalServer extends DisposableStore {
	readonly #extension: Uri;
	readonly #session: ChatSession;
	readonly #tokens: TokenStore;

	constructor(extension: Uri, session: ChatSession, tokens: TokenStore) {
		super();
		this.#extension = extension;
		this.#session = session;
		this.#tokens = tokens;
	}

	/**
	 * Starts a server at the configured address unless one answers there, and creates the chat unless
	 * it exists; an existing one is used as found. Throws a `Refusal` where it can't.
	 */
	async start(): Promise<void> {
		const address = this.#requireLocalAddress();
		if (!(await answersPing(address))) {
			const command = await findSpacetime(spacetimePath(), process.env);
			if (command === undefined) {
				await tellHowToInstall();
				return;
			}
			const terminal = window.createTerminal({
				name: l10n.t("SpacetimeDB"),
				shellPath: command,
				shellArgs: ["start", "--listen-addr", listenAddress(address)],
				cwd: homedir(),
				isTransient: true,
			});
			terminal.show(true);
			await window.withProgress(
				{ location: ProgressLocation.Notification, title: l10n.t("Starting SpacetimeDB…") },
				() => this.#waitForPing(address, terminal),
			);
		}
		await this.#createChat(address);
		this.#session.connection.connect();
	}

	#requireLocalAddress(): Address {
		if (!canStartServer()) {
			throw new Refusal(
				l10n.t(
					"A local server can’t be started from a remote window: it would run on the other machine. Start it there with “spacetime start”.",
				),
			);
		}
		const { address } = this.#session;
		if (address === undefined) {
			throw new Refusal(l10n.t("The settings name no server. Use Chat: Change Server… first."));
		}
		if (!isLoopback(address.url.hostname)) {
			throw new Refusal(
				l10n.t(
					"The chat is set to {0}, which is not this machine. Use Chat: Change Server… to choose http://localhost:3000 first.",
					address.server,
				),
			);
		}
		return address;
	}

	async #waitForPing(address: Address, terminal: Terminal): Promise<void> {
		const giveUpMs = Date.now() + START_LIMIT_MS;
		while (!(await answersPing(address))) {
			if (terminal.exitStatus !== undefined || this.isDisposed) {
				throw new Refusal(l10n.t("The server ended before it was ready. Its terminal says why."));
			}
			if (Date.now() > giveUpMs) {
				throw new Refusal(
					l10n.t("The server did not answer within a minute. Its terminal may say why."),
				);
			}
			await new Promise((wake) => setTimeout(wake, ASK_EVERY_MS));
		}
	}

	async #createChat(address: Address): Promise<void> {
		if (await databaseExists(address)) {
			return;
		}
		const module = new Uint8Array(await readFile(this.#modulePath()));
		const token =
			(await this.#tokens.read(address.key)) ??
			(await this.#tokens.keepFirst(address.key, await createToken(address)));
		await publishModule(address, token, module);
		await makeOwner(address, token);
	}

	#modulePath(): string {
		return Uri.joinPath(this.#extension, "dist", "module.wasm").fsPath;
	}
}

function listenAddress({ url }: Address): string {
	const host = url.hostname.endsWith("localhost") ? "127.0.0.1" : url.hostname;
	return `${host}:${url.port === "" ? "80" : url.port}`;
}

async function tellHowToInstall(): Promise<void> {
	const install = l10n.t("How to Install");
	const choice = await window.showErrorMessage(
		spacetimePath() === ""
			? l10n.t("The “spacetime” command is not installed, or not on PATH.")
			: l10n.t("The setting “SpacetimeDB Chat: Spacetime Path” names no program."),
		install,
	);
	if (choice === install) {
		await env.openExternal(Uri.parse(INSTALL_PAGE, true));
	}
}
