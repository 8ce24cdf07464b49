import type { Entry } from "../../shared/chat";
import type { Model } from "../model/model";

/** Where that begins which was unread when the room was entered. */
export type UnreadStart =
	/** Nothing was unread, or it lies below the window. */
	| { readonly kind: "none" }
	/** At this entry of the window. */
	| { readonly kind: "here"; readonly key: string }
	/** Further up than the window reaches, at the message with this number. */
	| { readonly kind: "above"; readonly seq: number };

const NONE: UnreadStart = { kind: "none" };

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

/** Whether an entry is one of those of others from that number on. */
function isUnread(entry: Entry, firstUnread: number): boolean {
	return entry.kind === "message" && !entry.isOwn && (seqOf(entry) ?? -Infinity) >= firstUnread;
}

function seqOf(entry: Entry): number | undefined {
	return entry.kind === "message" ? entry.post?.seq : undefined;
}
