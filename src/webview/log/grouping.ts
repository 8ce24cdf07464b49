import type { Entry, Message, Notice } from "../../shared/chat";
import { dayOf } from "../ui/formatTime";

/** The time after a message within which the next one of its author has no head. */
const FOLLOW_MS = 5 * 60 * 1000;

export type SentenceNotice = Extract<Notice, { what: "sentence" }>;
export type QuietNotice = Exclude<Notice, SentenceNotice>;

/** One row of the log. */
export type Row =
	| { readonly kind: "day"; readonly key: string; readonly ms: number }
	/** The line above the messages that were unread when the room was entered. */
	| { readonly kind: "new"; readonly key: string }
	| {
			readonly kind: "message";
			readonly key: string;
			readonly message: Message;
			/** True for a message that follows one of the same author within minutes. */
			readonly isFollow: boolean;
	  }
	| { readonly kind: "quiet"; readonly key: string; readonly notices: readonly QuietNotice[] }
	| { readonly kind: "sentence"; readonly key: string; readonly notice: SentenceNotice };

/** The content of successive notices: each name once, in the order of its first appearance. */
export interface QuietSummary {
	readonly joined: readonly string[];
	readonly left: readonly string[];
	readonly renamed: readonly { readonly from: string; readonly to: string }[];
}

/**
 * Returns the rows for sorted entries: day rows, messages with or without a head, merged notices, and a
 * row before the entry with the key `firstNew`.
 */
export function toRows(entries: readonly Entry[], firstNew?: string): readonly Row[] {
	const rows: Row[] = [];
	let day: number | undefined;
	for (const entry of entries) {
		const ms = entry.kind === "message" ? entry.sentMs : entry.atMs;
		const entryDay = dayOf(ms);
		if (entryDay !== undefined && entryDay !== day) {
			day = entryDay;
			// The key names the entry and not the day: clocks differ, so a day may come twice.
			rows.push({ kind: "day", key: `day:${entry.key}`, ms });
		}
		if (entry.key === firstNew) {
			rows.push({ kind: "new", key: "new" });
		}
		addEntry(rows, entry);
	}
	return rows;
}

/** Sums up successive notices. */
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
		// The own identity may be known only after the first message was typed.
		(message.isOwn || before.sender === message.sender) &&
		Math.abs(message.sentMs - before.sentMs) <= FOLLOW_MS
	);
}
