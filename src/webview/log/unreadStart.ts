import type { Entry } from "../../shared/chat";
import type { Model } from "../model/model";

/** The position of the first message that was unread when the room was entered. */
export type UnreadStart =
	/** No message was unread, or the first one lies below the view range. */
	| { readonly kind: "none" }
	/** The first unread message is this entry. */
	| { readonly kind: "here"; readonly key: string }
	/** The first unread message has this number and lies above the view range. */
	| { readonly kind: "above"; readonly seq: number };

const NONE: UnreadStart = { kind: "none" };

/** Returns the position of the first unread message. */
export function unreadStart({ firstUnread, entries, edges }: Model): UnreadStart {
	if (firstUnread === undefined) {
		return NONE;
	}
	const first = entries.find((entry) => isUnread(entry, firstUnread));
	const isReached =
		edges.older === "none" || entries.some((entry) => (seqOf(entry) ?? Infinity) <= firstUnread);
	if (!isReached) {
		return { kind: "above", seq: firstUnread };
	}
	return first === undefined ? NONE : { kind: "here", key: first.key };
}

/** Returns true for a message of somebody else from that number on. */
function isUnread(entry: Entry, firstUnread: number): boolean {
	return entry.kind === "message" && !entry.isOwn && (seqOf(entry) ?? -Infinity) >= firstUnread;
}

function seqOf(entry: Entry): number | undefined {
	return entry.kind === "message" ? entry.post?.seq : undefined;
}
