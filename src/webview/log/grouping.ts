import type { Entry, Message, Notice } from "../../shared/chat";
import { dayOf } from "../ui/formatTime";

/** How long after a message the next one of its author needs no head of its own. */
const FOLLOW_MS = 5 * 60 * 1000;

export type SentenceNotice = Extract<Notice, { what: "sentence" }>;
export type QuietNotice = Exclude<Notice, SentenceNotice>;

/** One line of the log. */
export type Row =
	| { readonly kind: "day"; readonly key: string; readonly ms: number }
	/** What follows was unread when the room was entered. */
	| { readonly kind: "new"; readonly key: string }
	| {
			readonly kind: "message";
			readonly key: string;
			readonly message: Message;
			/** The author and about the time are those of the message before. */
			readonly isFollow: boolean;
	  }
	| { readonly kind: "quiet"; readonly key: string; readonly notices: readonly QuietNotice[] }
	| { readonly kind: "sentence"; readonly key: string; readonly notice: SentenceNotice };

/** What a run of notices says, each name once and in the order of its first appearance. */
export interface QuietSummary {
	readonly joined: readonly string[];
	readonly left: readonly string[];
	readonly renamed: readonly { readonly from: string; readonly to: string }[];
}

/**
 * The lines for entries that are in order: day lines, heads where they are needed, merged notices, and
 * one line before the entry with the key `firstNew`.
 */
export function toRows(entries: readonly Entry[], firstNew?: string): readonly Row[] {
	const rows: Row[] = [];
	let day: number | undefined;
	for (const entry of entries) {
		const ms = entry.kind === "message" ? entry.sentMs : entry.atMs;
		const entryDay = dayOf(ms);
		if (entryDay !== undefined && entryDay !== day) {
			day = entryDay;
			// By the entry and not by the day: clocks differ, so a day may come twice.
			rows.push({ kind: "day", key: `day:${entry.key}`, ms });
		}
		if (entry.key === firstNew) {
			rows.push({ kind: "new", key: "new" });
		}
		addEntry(rows, entry);
	}
	return rows;
}

/** Sums up a run of notices. */
export function summarise(notices: readonly QuietNotice[]): QuietSummary {
	const joined = new Set<string>();
	const left = new Set<string>();
	const renamed: { from: string; to: string }[] = [];
	for (const notice of notices) {
		if (notice.what === "renamed") {
			renamed.push({ from: notice.from, to: notice.to });
		} else {
			(notice.what === "joined" ? joined : left).add(notice.name);
		}
	}
	return { joined: [...joined], left: [...left], renamed };
}

function addEntry(rows: Row[], entry: Entry): void {
	const last = rows.at(-1);
	if (entry.kind === "message") {
		const isFollow = last?.kind === "message" && isFollowUp(last.message, entry);
		rows.push({ kind: "message", key: entry.key, message: entry, isFollow });
	} else if (entry.what === "sentence") {
		rows.push({ kind: "sentence", key: entry.key, notice: entry });
	} else if (last?.kind === "quiet") {
		rows[rows.length - 1] = { ...last, notices: [...last.notices, entry] };
	} else {
		rows.push({ kind: "quiet", key: entry.key, notices: [entry] });
	}
}

function isFollowUp(before: Message, message: Message): boolean {
	return (
		before.isOwn === message.isOwn &&
		// The own identity may be told only after the first message was typed.
		(message.isOwn || before.sender === message.sender) &&
		Math.abs(message.sentMs - before.sentMs) <= FOLLOW_MS
	);
}
