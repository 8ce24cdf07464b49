import * as l10n from "@vscode/l10n";

/** Returns who can read a direct message. */
export function directNote(): string {
	return l10n.t(
		"Only the two of you see this. The operator of the server and the owner of the database can read it too.",
	);
}

/** Returns who can read the messages of a private room. */
export function privacyNote(): string {
	return l10n.t(
		"Only members see this room. The operator of the server and the owner of the database can read it too.",
	);
}
