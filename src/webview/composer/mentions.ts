import type { Entry } from "../../shared/chat";
import type { Person } from "../../shared/person";
import { openRoom, type Model } from "../model/model";

/** As long as a name that is being typed gets before it is none. */
const MAX_QUERY = 40;
const MAX_SHOWN = 6;

/** A name being typed behind an `@`: the part of the text from the `@` to the caret. */
export interface MentionQuery {
	readonly from: number;
	readonly to: number;
	readonly text: string;
}

/** Names to choose from, and the one that Enter takes. */
export interface MentionList {
	readonly query: MentionQuery;
	readonly people: readonly Person[];
	readonly active: number;
}

/** The name before the caret, if one is being typed there. */
export function queryAt(text: string, caret: number): MentionQuery | undefined {
	const from = text.slice(0, caret).lastIndexOf("@");
	const query = text.slice(from + 1, caret);
	const before = text.charAt(from - 1);
	return from === -1 ||
		query.length > MAX_QUERY ||
		/^\s|\s$|\n|@/u.test(query) ||
		/[\p{L}\p{N}_]/u.test(before)
		? undefined
		: { from, to: caret, text: query };
}

/**
 * Whom a name may mean, the likeliest first: those of a private room, those who spoke last, those who
 * are here. Nobody without a name can be spoken to.
 */
export function candidates(model: Model, query: string): readonly Person[] {
	const wanted = query.toLocaleLowerCase();
	const room = openRoom(model);
	const members = room === undefined || room.kind === "public" ? undefined : new Set(room.members);
	const spoke = recentSpeakers(model.entries);
	const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
	return [...model.people.values()]
		.flatMap((person) => {
			const quality = person.identity === model.me ? 0 : matchOf(person.name, wanted);
			return quality === 0
				? []
				: [
						{
							person,
							name: person.name ?? "",
							ranks: [
								members?.has(person.identity) === true ? 1 : 0,
								quality,
								-(spoke.get(person.identity) ?? spoke.size),
								Number(person.isOnline),
							],
						},
					];
		})
		.sort((a, b) => {
			const index = a.ranks.findIndex((rank, at) => rank !== b.ranks[at]);
			return index === -1
				? collator.compare(a.name, b.name)
				: (b.ranks[index] ?? 0) - (a.ranks[index] ?? 0);
		})
		.slice(0, MAX_SHOWN)
		.map(({ person }) => person);
}

/** The text with the name in the query's place, and where the caret goes. */
export function insertMention(
	text: string,
	query: MentionQuery,
	name: string,
): { readonly text: string; readonly caret: number } {
	const rest = text.slice(query.to);
	const mention = `@${name}${/^\s/u.test(rest) ? "" : " "}`;
	const head = text.slice(0, query.from) + mention;
	return { text: head + rest, caret: head.length + (/^\s/u.test(rest) ? 1 : 0) };
}

/** 2: the name begins so, 1: one of its words does, 0: neither. */
function matchOf(name: string | undefined, wanted: string): number {
	const lower = name?.toLocaleLowerCase() ?? "";
	if (lower === "") {
		return 0;
	}
	return lower.startsWith(wanted)
		? 2
		: lower.split(/[\s._-]+/u).some((word) => word.startsWith(wanted))
			? 1
			: 0;
}

/** Who spoke, numbered from the last one. */
function recentSpeakers(entries: readonly Entry[]): ReadonlyMap<string, number> {
	const speakers = new Map<string, number>();
	for (let index = entries.length - 1; index >= 0; index--) {
		const entry = entries[index];
		if (entry?.kind === "message" && !speakers.has(entry.sender)) {
			speakers.set(entry.sender, speakers.size);
		}
	}
	return speakers;
}
