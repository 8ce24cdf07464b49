import { l10n, window } from "vscode";
import { readAddress } from "../platform/address";
import { addressSentence } from "../database/trouble";
import { configuredDatabase, configuredServer } from "../platform/settings";

/** Asks for a server, then for a database on it; `undefined` when the person changed their mind. */
export async function promptForAddress(): Promise<
	{ readonly server: string; readonly database: string } | undefined
> {
	const title = l10n.t("Chat: Change Server");
	const server = await window.showInputBox({
		title: l10n.t("{0} (1 of 2)", title),
		prompt: l10n.t("Address of the SpacetimeDB server"),
		placeHolder: "http://localhost:3000",
		value: configuredServer(),
		ignoreFocusOut: true,
		validateInput: (text) => problemOf(text, "any"),
	});
	if (server === undefined) {
		return undefined;
	}
	const database = await window.showInputBox({
		title: l10n.t("{0} (2 of 2)", title),
		prompt: l10n.t("Name of the chat database on {0}", server),
		placeHolder: "quickstart-chat",
		value: configuredDatabase(),
		ignoreFocusOut: true,
		validateInput: (text) => problemOf(server, text),
	});
	return database === undefined ? undefined : { server: server.trim(), database: database.trim() };
}

function problemOf(server: string, database: string): string | undefined {
	const address = readAddress(server, database);
	return typeof address === "string" ? addressSentence(address) : undefined;
}
