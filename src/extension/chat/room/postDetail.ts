import { excerptOf } from "../../../shared/excerpt";
import { pageOf } from "../../../shared/room";
import type { PostDetail, Quote, Reaction } from "../../../shared/room";
import type { MessageRow, PostFields, QuotedRow, PostReaction } from "../backend";
import { orderHit } from "../search/search";

/** Identities that a reaction names. */
const MAX_NAMED = 10;

/** Through whose eyes a message is seen. */
export interface Reader {
	readonly me: string;
	readonly myName: string | undefined;
	/** What a message answers; `undefined` while it is not known. */
	readonly quotedOf: (seq: number) => QuotedRow | undefined;
}

/** What a view is told of a post beside its text. */
export function postDetail(row: MessageRow, facts: PostFields, reader: Reader): PostDetail {
	const { seq, editedMicros, gone, replyTo, reactions } = facts;
	const quoted = replyTo === undefined ? undefined : reader.quotedOf(replyTo);
	return {
		seq,
		...(editedMicros === undefined ? {} : { editedMs: Math.floor(editedMicros / 1_000) }),
		...(gone === undefined ? {} : { gone }),
		...(replyTo === undefined ? {} : { quote: toQuote(replyTo, quoted) }),
		reactions: groupReactions(reactions, reader.me),
		isForMe:
			row.sender !== reader.me &&
			gone === undefined &&
			(quoted?.sender === reader.me || names(row.text, reader.myName)),
	};
}

function toQuote(seq: number, quoted: QuotedRow | undefined): Quote {
	return {
		seq,
		hit: orderHit(pageOf(seq), seq),
		...(quoted === undefined
			? {}
			: {
					of: {
						sender: quoted.sender,
						excerpt: quoted.isGone ? "" : excerptOf(quoted.text),
						isGone: quoted.isGone,
					},
				}),
	};
}

/** The reactions of each kind together, in the order in which the first of each came. */
export function groupReactions(facts: readonly PostReaction[], me: string): Reaction[] {
	const who = new Map<string, string[]>();
	for (const fact of facts) {
		who.set(fact.emoji, [...(who.get(fact.emoji) ?? []), fact.who]);
	}
	return [...who].map(([emoji, identities]) => ({
		emoji,
		count: identities.length,
		isOwn: identities.includes(me),
		who: identities.filter((identity) => identity !== me).slice(0, MAX_NAMED),
	}));
}

/** Whether a text has `@name` in it, whatever the case, and not as the beginning of a longer word. */
export function names(text: string, name: string | undefined): boolean {
	if (name === undefined || name === "") {
		return false;
	}
	const lower = text.toLowerCase();
	const wanted = `@${name.toLowerCase()}`;
	for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + 1)) {
		if (!/^[\p{L}\p{N}_]/u.test(lower.slice(at + wanted.length))) {
			return true;
		}
	}
	return false;
}
