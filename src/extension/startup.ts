import { workspace } from "vscode";
import type { LateChat } from "./lateChat";
import type { Memory } from "./platform/memory";

/** Does what this person wants to happen as a window opens; in most windows that is nothing. */
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
