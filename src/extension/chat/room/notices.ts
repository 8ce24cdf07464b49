import type { Notice } from "../../../shared/chat";
import type { Person } from "../../../shared/person";
import { displayName } from "../../../shared/person";

/** The most notices that a window keeps; they exist nowhere else. */
const MAX_NOTICES = 200;

/** The content of a notice, without its key and its position in the log. */
export type NoticeContent = Notice extends infer N
	? N extends Notice
		? Omit<N, "kind" | "key" | "order" | "tie" | "atMs">
		: never
	: never;

/** The notices of this window: their keys, and when there are too many. */
export class Notices {
	#count = 0;
	readonly #keys: string[] = [];

	/** @param order where it stands in the log */
	make(content: NoticeContent, order: number): Notice {
		const tie = ++this.#count;
		const notice = {
			...content,
			kind: "notice",
			key: `n${tie}`,
			order,
			tie,
			atMs: Date.now(),
		} as Notice;
		this.#keys.push(notice.key);
		return notice;
	}

	/** The key of the oldest, if there are too many; it is not counted any more. */
	surplus(): string | undefined {
		return this.#keys.length > MAX_NOTICES ? this.#keys.shift() : undefined;
	}
}

/** Returns the notices about a changed row of a person: a new name, coming, going. */
export function noticesOf(
	person: Person,
	before: Person | undefined,
	me: string | undefined,
): NoticeContent[] {
	const name = displayName(person);
	const isRenamed = before !== undefined && before.name !== person.name;
	const isTurn = (before?.isOnline ?? false) !== person.isOnline && person.identity !== me;
	return [
		...(isRenamed ? [{ what: "renamed" as const, from: displayName(before), to: name }] : []),
		...(isTurn ? [{ what: person.isOnline ? ("joined" as const) : ("left" as const), name }] : []),
	];
}
