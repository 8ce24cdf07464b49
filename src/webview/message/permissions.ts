import type { Message } from "../../shared/chat";
import type { Person, Role } from "../../shared/person";
import type { Features, Room } from "../../shared/room";
import type { MessageAction, PersonAction } from "../../shared/requests";
import { openRoom, type Model } from "../model/model";
import { isInForce } from "../people/sanctions";

/** What one may do with a message: `reply`, `edit` and `react` at once, the rest asks the host. */
export type MessageCommand =
	"react" | "reply" | "edit" | MessageAction | "message" | "timeOut" | "ban";

/** What decides over what one may do, so that it need not be the whole model. */
export interface Permissions {
	readonly features: Features;
	readonly me: string | undefined;
	readonly role: Role | undefined;
	readonly room: Room | undefined;
	/** Nothing keeps one from talking here. */
	readonly hasRooms: boolean;
}

export function ownRole({ people, me }: Model): Role | undefined {
	return people.get(me ?? "")?.role;
}

export function permissionsOf(model: Model, nowMs: number): Permissions {
	const room = openRoom(model);
	return {
		features: model.features,
		me: model.me,
		role: ownRole(model),
		room,
		hasRooms: room?.isArchived !== true && !isInForce(model.ownSanction, nowMs),
	};
}

/** What one may do with a message, in the order in which it is offered. */
export function messagePermissions(
	message: Message,
	author: Person | undefined,
	rights: Permissions,
): readonly MessageCommand[] {
	const { post, isOwn } = message;
	const isGone = post?.gone !== undefined;
	const canChange = rights.features.posts && rights.hasRooms && post !== undefined && !isGone;
	const deeds: MessageCommand[] = [];
	if (canChange) {
		deeds.push("react", "reply", ...(isOwn ? (["edit"] as const) : []));
	}
	if (!isGone) {
		deeds.push("copyText");
	}
	if (post?.editedMs !== undefined && !isGone) {
		deeds.push("showVersions");
	}
	if (!isOwn && rights.features.rooms && rights.room?.kind !== "direct") {
		deeds.push("message");
	}
	if (canChange && isOwn) {
		deeds.push("delete");
	} else if (canChange && mayRemove(rights)) {
		deeds.push("remove");
	}
	if (!isOwn && post !== undefined && maySanction(rights, author)) {
		deeds.push("timeOut", "ban");
	}
	return deeds;
}

/** What one may do about a person, oneself included. */
export function personActions(
	person: Person,
	rights: Omit<Permissions, "hasRooms" | "room">,
): readonly PersonAction[] {
	const isMe = person.identity === rights.me;
	const actions: PersonAction[] = [];
	if (!isMe && rights.features.rooms) {
		actions.push("message");
	}
	actions.push("copyIdentity");
	if (!isMe && maySanction(rights, person)) {
		actions.push("timeOut", "ban");
		if (person.sanction !== undefined) {
			actions.push("lift");
		}
	}
	if (!isMe && rights.features.moderation && rights.role === "owner") {
		actions.push("setRank");
	}
	return actions;
}

/** A moderator wherever it can read, a private room's host there; nobody in a conversation of two. */
function mayRemove({ features, role, room }: Permissions): boolean {
	return (
		room !== undefined &&
		room.kind !== "direct" &&
		((features.moderation && role !== undefined) || (room.kind === "private" && room.isOwn))
	);
}

/** Nobody sanctions an owner, and only an owner a moderator. */
function maySanction(
	{ features, role }: Pick<Permissions, "features" | "role">,
	person: Person | undefined,
): boolean {
	return (
		features.moderation &&
		(role === "owner"
			? person?.role !== "owner"
			: role === "moderator" && person?.role === undefined)
	);
}
