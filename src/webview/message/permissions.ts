import type { Message } from "../../shared/chat";
import type { Person } from "../../shared/person";
import type { MessageAction } from "../../shared/requests";
import { canSanction, type Permissions } from "../people/permissions";

/** A command on a message: the view runs `reply`, `edit` and `react`, the host all others. */
export type MessageCommand =
	"react" | "reply" | "edit" | MessageAction | "message" | "timeOut" | "ban";

/** Returns the permitted commands on a message, in the order of the menu. */
export function messagePermissions(
	message: Message,
	author: Person | undefined,
	permissions: Permissions,
): readonly MessageCommand[] {
	const { post, isOwn } = message;
	const isGone = post?.gone !== undefined;
	const canChange =
		permissions.features.posts && permissions.canWrite && post !== undefined && !isGone;
	const commands: MessageCommand[] = [];
	if (canChange) {
		commands.push("react", "reply", ...(isOwn ? (["edit"] as const) : []));
	}
	if (!isGone) {
		commands.push("copyText");
	}
	if (post?.editedMs !== undefined && !isGone) {
		commands.push("showVersions");
	}
	if (!isOwn && permissions.features.rooms && permissions.room?.kind !== "direct") {
		commands.push("message");
	}
	if (canChange && isOwn) {
		commands.push("delete");
	} else if (canChange && canRemove(permissions)) {
		commands.push("remove");
	}
	if (!isOwn && post !== undefined && canSanction(permissions, author)) {
		commands.push("timeOut", "ban");
	}
	return commands;
}

/** Returns true for a moderator, and for the host of a private room; false in a direct message. */
function canRemove({ features, role, room }: Permissions): boolean {
	return (
		room !== undefined &&
		room.kind !== "direct" &&
		((features.moderation && role !== undefined) || (room.kind === "private" && room.isOwn))
	);
}
