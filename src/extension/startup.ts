import { workspace } from "vscode";
import type { Memory } from "./memory";

/** What this person wants to happen as a window opens. */
export interface StartupWish {
	readonly isConnecting: boolean;
	readonly isOpening: boolean;
}

/** Read before anything of the chat is loaded: most windows want nothing. */
export function startupWish(memory: Memory): StartupWish {
	const settings = workspace.getConfiguration("spacetimedbChat");
	const connect = settings.get<unknown>("connectOnStartup");
	return {
		isConnecting: connect === "always" || (connect !== "never" && memory.wasUsed),
		isOpening: settings.get<unknown>("openOnStartup") === true,
	};
}
