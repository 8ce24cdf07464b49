import { l10n } from "vscode";
import type { Address } from "../../platform/address";
import type { NoticeContent } from "./notices";

/**
 * Returns the notice of the terminal client, "connected", with its hint on the name.
 *
 * @param isKept whether VS Code keeps the identity
 */
export function welcome(
	address: Address | undefined,
	hasName: boolean,
	isKept: boolean,
): readonly NoticeContent[] {
	const [database, server] = [address?.database ?? "", address?.server ?? ""];
	const connected: NoticeContent = {
		what: "sentence",
		tone: "quiet",
		sentence: hasName
			? l10n.t("Connected to {0} on {1}; the backlog is complete.", database, server)
			: l10n.t(
					"Connected to {0} on {1}; the backlog is complete. Type /name to set your name.",
					database,
					server,
				),
		...(hasName ? {} : { action: "setName" as const }),
	};
	const unkept: NoticeContent = {
		what: "sentence",
		tone: "problem",
		sentence: l10n.t(
			"VS Code could not keep your identity: after this window closes you will be somebody new.",
		),
	};
	return isKept ? [connected] : [connected, unkept];
}
