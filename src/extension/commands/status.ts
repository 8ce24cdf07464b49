import { l10n, window } from "vscode";
import type { ChatSession } from "../chat/session";
import { MAX_STATUS_LENGTH } from "../../shared/moduleConstants";
import { callReducer } from "../chat/callReducer";
import { askText } from "./prompts";

const HOUR_MS = 60 * 60 * 1_000;

/** Asks for a status and its end, and sets it. */
export async function setStatus(session: ChatSession): Promise<void> {
	const { me } = session.people;
	const before = me === undefined ? undefined : session.people.get(me)?.status;
	const title = l10n.t("Chat: Set Status");
	const typed = await askText(
		title,
		l10n.t("An emoji, some words, or both. Leave empty to clear your status."),
		{
			value: [before?.emoji, before?.text].filter(Boolean).join(" "),
			max: MAX_STATUS_LENGTH,
			isOptional: true,
		},
	);
	if (typed === undefined) {
		return;
	}
	const { emoji, text } = splitStatus(typed);
	if (emoji === "" && text === "") {
		await callReducer(session.roomsApi, { type: "setStatus", text, emoji });
		return;
	}
	const now = new Date();
	const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).getTime();
	const ends: { label: string; untilMs?: number }[] = [
		{ label: l10n.t("Until I change it") },
		{ label: l10n.t("For an hour"), untilMs: now.getTime() + HOUR_MS },
		{ label: l10n.t("For four hours"), untilMs: now.getTime() + 4 * HOUR_MS },
		{ label: l10n.t("Today"), untilMs: midnight },
	];
	const end = await window.showQuickPick(ends, { title, placeHolder: l10n.t("For how long?") });
	if (end !== undefined) {
		const { untilMs } = end;
		await callReducer(session.roomsApi, {
			type: "setStatus",
			text,
			emoji,
			...(untilMs === undefined ? {} : { untilMs }),
		});
	}
}

/** Splits a status into the emoji at its beginning and the words after it. */
export function splitStatus(typed: string): { readonly emoji: string; readonly text: string } {
	const [first = ""] = new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(
		typed,
	) as unknown as Iterable<{ segment: string }>;
	const segment = typeof first === "string" ? first : first.segment;
	return /\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(segment)
		? { emoji: segment, text: typed.slice(segment.length).trim() }
		: { emoji: "", text: typed };
}

/** Asks for the user's availability and sets it. */
export async function setAvailability(session: ChatSession): Promise<void> {
	const choice = await window.showQuickPick(
		[
			{ label: l10n.t("Available"), availability: "available" as const },
			{ label: l10n.t("Busy"), availability: "busy" as const },
			{ label: l10n.t("Away"), availability: "away" as const },
		],
		{ title: l10n.t("Chat: Set Availability") },
	);
	if (choice !== undefined) {
		await callReducer(session.roomsApi, {
			type: "setAvailability",
			availability: choice.availability,
		});
	}
}
