import * as l10n from "@vscode/l10n";
import type { PersonAction, RoomAction } from "../../shared/requests";

interface Label {
	readonly label: string;
	readonly icon: string;
}

/** Returns the label and the codicon of an action on a room. */
export function roomActionLabel(action: RoomAction): Label {
	switch (action) {
		case "join":
			return { label: l10n.t("Join Room"), icon: "add" };
		case "leave":
			return { label: l10n.t("Leave Room…"), icon: "sign-out" };
		case "invite":
			return { label: l10n.t("Invite People…"), icon: "person-add" };
		case "members":
			return { label: l10n.t("Members…"), icon: "organization" };
		case "rename":
			return { label: l10n.t("Rename…"), icon: "edit" };
		case "setTopic":
			return { label: l10n.t("Set Topic…"), icon: "note" };
		case "archive":
			return { label: l10n.t("Archive…"), icon: "archive" };
		case "restore":
			return { label: l10n.t("Restore"), icon: "discard" };
		case "mute":
			return { label: l10n.t("Mute"), icon: "bell-slash" };
		case "unmute":
			return { label: l10n.t("Unmute"), icon: "bell" };
	}
}

/** Returns the label and the codicon of an action on a person. */
export function personActionLabel(action: PersonAction): Label {
	switch (action) {
		case "message":
			return { label: l10n.t("Message"), icon: "comment" };
		case "timeOut":
			return { label: l10n.t("Time Out…"), icon: "watch" };
		case "ban":
			return { label: l10n.t("Ban…"), icon: "circle-slash" };
		case "lift":
			return { label: l10n.t("Lift Sanction…"), icon: "unlock" };
		case "setRank":
			return { label: l10n.t("Set Role…"), icon: "shield" };
		case "copyIdentity":
			return { label: l10n.t("Copy Identity"), icon: "copy" };
	}
}
