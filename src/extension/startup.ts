import { workspace } from "vscode";
import type { LateChat } from "./lateChat";
import type { Memory } from "./platform/memory";

/** Connects and opens the panel if the settings ask for that; in most windows does nothing. */
export function startUp(chat: LateChat, memory: Memory): void {
	const settings = workspace.getConfiguration("spacetimedbChat");
	const connect = settings.get<unknown>("connectOnStartup");
	if (connect === "always" || (connect !== "never" && memory.wasUsed)) {
		void chat.connect();
	}
	if (settings.get<unknown>("openOnStartup") === true) {
		void chat.open();
	}
}
