import type { Entry } from "../../shared/chat";
import type { Person } from "../../shared/person";
import { openRoom, type Model } from "../model/model";
import { compareNames } from "../ui/compareNames";

/** The longest text after an `@` that still counts as a name. */
const MAX_QUERY = 40;
/** The most names in the list. */
const MAX_SHOWN = 6;

/** A name that is being typed: the part of the text from the `@` to the caret. */
export interface MentionQuery {
	readonly from: number;
	readonly to: number;
	readonly text: string;
}

/** The names to choose from, and the index of the one that Enter takes. */
export interface MentionList {
	readonly query: MentionQuery;
	readonly people: readonly Person[];
	readonly active: number;
}

/** Returns the name that is being typed before the caret. */
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
 * Returns the people whose names match, the likeliest first: members of a private room, then the latest
 * authors, then people online. People without a name can't be mentioned.
 */
export function candidates(model: Model, query: string): readonly Person[] {
	const wanted = query.toLocaleLowerCase();
	const room = openRoom(model);
	const members = room === undefined || room.kind === "public" ? undefined : new Set(room.members);
	const speakers = recentSpeakers(model.entries);
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
								-(speakers.get(person.identity) ?? speakers.size),
								Number(person.isOnline),
							],
						},
					];
		})
		.sort((a, b) => {
			const index = a.ranks.findIndex((rank, at) => rank !== b.ranks[at]);
			return index === -1
				? compareNames(a.name, b.name)
				: (b.ranks[index] ?? 0) - (a.ranks[index] ?? 0);
		})
		.slice(0, MAX_SHOWN)
		.map(({ person }) => person);
}

/** Returns the text with the name instead of the query, and the position of the caret. */
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

/** Returns 2 if the name begins with the text, 1 if one of its words does, else 0. */
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

/** Returns the authors of the messages, numbered from the latest one. */
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
