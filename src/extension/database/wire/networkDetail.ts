import { l10n } from "vscode";

/** What an error of the network means, in words that follow "does not answer". */
export function networkDetail(error: Error): string {
	const { code } = error as NodeJS.ErrnoException;
	switch (code) {
		case "ECONNREFUSED":
			return l10n.t("nothing listens there");
		case "ENOTFOUND":
		case "EAI_AGAIN":
			return l10n.t("no such host");
		case "ECONNRESET":
		case "EPIPE":
			return l10n.t("the connection was reset");
		case "ETIMEDOUT":
		case "UND_ERR_CONNECT_TIMEOUT":
			return l10n.t("no answer in time");
		case "EHOSTUNREACH":
		case "ENETUNREACH":
			return l10n.t("no way there");
		default:
			return error.message === "" ? (code ?? error.name) : error.message;
	}
}
