import type { Disposable } from "vscode";
import { commands } from "vscode";
import type { ChatSession } from "../chat/session";

/** Keeps in step what package.json's `when` clauses look at. */
export function keepContexts(session: ChatSession): Disposable {
	show("connection", session.state.kind);
	return session.connection.onDidChangeState(({ kind }) => {
		show("connection", kind);
		show("hasRooms", session.roomsApi !== undefined);
	});
}

function show(name: string, value: unknown): void {
	void commands.executeCommand("setContext", `spacetimedbChat.${name}`, value);
}
