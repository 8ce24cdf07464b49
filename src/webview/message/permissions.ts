import type { Message } from "../../shared/chat";
import type { Person, Rank } from "../../shared/person";
import type { Features, Room } from "../../shared/room";
import type { MessageAction, PersonAction } from "../../shared/requests";
import { openRoom, type Model } from "../model/model";
import { isInForce } from "../people/sanctions";

/** What one may do with a message: `reply`, `edit` and `react` at once, the rest asks the host. */
export type MessageDeed =
	"react" | "reply" | "edit" | MessageAction | "message" | "timeOut" | "ban";

/** What decides over what one may do, so that it need not be the whole model. */
export interface Rights {
	readonly features: Features;
	readonly me: string | undefined;
	readonly rank: Rank | undefined;
	readonly room: Room | undefined;
	/** Nothing keeps one from talking here. */
	readonly canTalk: boolean;
}

export function ownRank({ people, me }: Model): Rank | undefined {
	return people.get(me ?? "")?.rank;
}

export function rightsOf(model: Model, nowMs: number): Rights {
	const room = openRoom(model);
	return {
		features: model.features,
		me: model.me,
		rank: ownRank(model),
		room,
		canTalk: room?.isArchived !== true && !isInForce(model.standing, nowMs),
	};
}

/** What one may do with a message, in the order in which it is offered. */
export function messageDeeds(
	message: Message,
	author: Person | undefined,
	rights: Rights,
): readonly MessageDeed[] {
	const { post, isOwn } = message;
	const isGone = post?.gone !== undefined;
	const canChange = rights.features.posts && rights.canTalk && post !== undefined && !isGone;
	const deeds: MessageDeed[] = [];
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
	rights: Omit<Rights, "canTalk" | "room">,
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
	if (!isMe && rights.features.moderation && rights.rank === "owner") {
		actions.push("setRank");
	}
	return actions;
}

/** A moderator wherever it can read, a private room's host there; nobody in a conversation of two. */
function mayRemove({ features, rank, room }: Rights): boolean {
	return (
		room !== undefined &&
		room.kind !== "direct" &&
		((features.moderation && rank !== undefined) || (room.kind === "private" && room.isOwn))
	);
}

/** Nobody sanctions an owner, and only an owner a moderator. */
function maySanction(
	{ features, rank }: Pick<Rights, "features" | "rank">,
	person: Person | undefined,
): boolean {
	return (
		features.moderation &&
		(rank === "owner"
			? person?.rank !== "owner"
			: rank === "moderator" && person?.rank === undefined)
	);
}
