import type { Person, Role } from "../../shared/person";
import type { Features, Room } from "../../shared/room";
import type { PersonAction } from "../../shared/requests";
import { openRoom, type Model } from "../model/model";
import { isInForce } from "./sanctions";

/** The part of the model that decides about permitted actions. */
export interface Permissions {
	readonly features: Features;
	readonly me: string | undefined;
	readonly role: Role | undefined;
	readonly room: Room | undefined;
	/** True unless the room is archived or a sanction applies. */
	readonly canWrite: boolean;
}

/** Returns the user's own role. */
export function ownRole({ people, me }: Model): Role | undefined {
	return people.get(me ?? "")?.role;
}

/** Returns the permissions of the user in the open room. */
export function permissionsOf(model: Model, nowMs: number): Permissions {
	const room = openRoom(model);
	return {
		features: model.features,
		me: model.me,
		role: ownRole(model),
		room,
		canWrite: room?.isArchived !== true && !isInForce(model.ownSanction, nowMs),
	};
}

/** Returns the permitted actions on a person, who may be the user. */
export function personActions(
	person: Person,
	permissions: Omit<Permissions, "canWrite" | "room">,
): readonly PersonAction[] {
	const isMe = person.identity === permissions.me;
	const actions: PersonAction[] = [];
	if (!isMe && permissions.features.rooms) {
		actions.push("message");
	}
	actions.push("copyIdentity");
	if (!isMe && canSanction(permissions, person)) {
		actions.push("timeOut", "ban");
		if (person.sanction !== undefined) {
			actions.push("lift");
		}
	}
	if (!isMe && permissions.features.moderation && permissions.role === "owner") {
		actions.push("setRank");
	}
	return actions;
}

/** Returns true if the user may sanction a person: nobody an owner, and only an owner a moderator. */
export function canSanction(
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
