import { l10n } from "vscode";

/** Describes an error of the network in a sentence. An unknown error keeps its own message. */
export function networkDetail(error: Error): string {
	const { code } = error as NodeJS.ErrnoException;
	switch (code) {
		case "ECONNREFUSED":
			return l10n.t("Nothing listens on this port.");
		case "ENOTFOUND":
		case "EAI_AGAIN":
			return l10n.t("The host does not exist.");
		case "ECONNRESET":
		case "EPIPE":
			return l10n.t("The connection was reset.");
		case "ETIMEDOUT":
		case "UND_ERR_CONNECT_TIMEOUT":
			return l10n.t("The connection timed out.");
		case "EHOSTUNREACH":
		case "ENETUNREACH":
			return l10n.t("No network leads to the host.");
		default:
			return error.message === "" ? (code ?? error.name) : error.message;
	}
}
