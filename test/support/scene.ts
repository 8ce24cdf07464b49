import type { WorkbenchWindow } from "../../scripts/lib/workbench.mjs";
import { Workbench } from "../../scripts/lib/workbench.mjs";
import { startServer } from "../../scripts/lib/spacetimedb.mjs";
import type { Server } from "./chatServer";
import { publishAs } from "./chatServer";
import { TerminalClient } from "./terminalClient";
import { builtVsix } from "./vsix";

const DATABASE = "quickstart-chat";

/** A real server, a real workbench with the packaged extension, and people in terminals. */
export class Scene {
	server: Server;
	readonly workbench: Workbench;
	readonly #terminals: TerminalClient[] = [];
	readonly #others: Workbench[] = [];

	private constructor(server: Server, workbench: Workbench) {
		this.server = server;
		this.workbench = workbench;
	}

	/** @param publishChat creates the database of this name; an empty rooms database by default */
	static async set(
		which: "oldest" | "newest",
		publishChat: (server: Server, database: string) => Promise<unknown> = (server, database) =>
			publishAs(server, database, "ours"),
	): Promise<Scene> {
		const server = await startServer({ keepData: true });
		await publishChat(server, DATABASE);
		return new Scene(server, await startWorkbench(which, server));
	}

	/** Starts the workbench of another person, with a machine and settings of their own. */
	async stranger(
		which: "oldest" | "newest",
		settings: Readonly<Record<string, unknown>> = {},
	): Promise<Workbench> {
		const workbench = await startWorkbench(which, this.server, settings);
		this.#others.push(workbench);
		return workbench;
	}

	/** Opens a window of another person. */
	async strangersWindow(which: "oldest" | "newest"): Promise<WorkbenchWindow> {
		const workbench = await this.stranger(which);
		const window = await workbench.open();
		await window.openPanel();
		return window;
	}

	async window(): Promise<WorkbenchWindow> {
		const window = await this.workbench.open();
		await window.openPanel();
		return window;
	}

	async terminal(): Promise<TerminalClient> {
		const terminal = await TerminalClient.connect(this.server.url, DATABASE);
		this.#terminals.push(terminal);
		return terminal;
	}

	/** Disconnects all terminals. */
	leaveTerminals(): void {
		for (const terminal of this.#terminals.splice(0)) {
			terminal.leave();
		}
	}

	/** Kills the server like a power cut. */
	async killServer(): Promise<void> {
		this.leaveTerminals();
		// The server writes acked messages to disk within half a second (server 1.3.0).
		await new Promise((wake) => setTimeout(wake, 1_000));
		await this.server.kill9();
	}

	/** Restarts the server, with its data and on its port. */
	async restartServer(): Promise<void> {
		const { port, dataDir } = this.server;
		this.server = await startServer({ port, dataDir, keepData: true });
	}

	async strike(): Promise<void> {
		this.leaveTerminals();
		for (const workbench of [this.workbench, ...this.#others]) {
			await workbench.stop();
		}
		await this.server.stop();
	}
}

async function startWorkbench(
	which: "oldest" | "newest",
	server: Server,
	settings: Readonly<Record<string, unknown>> = {},
): Promise<Workbench> {
	return Workbench.start({
		which,
		vsix: builtVsix(),
		settings: {
			"spacetimedbChat.server": server.url,
			// Without animations, a click always hits its target.
			"workbench.reduceMotion": "on",
			...settings,
		},
	});
}
