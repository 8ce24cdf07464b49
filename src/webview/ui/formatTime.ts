import * as l10n from "@vscode/l10n";

/** What `Date` can hold, in milliseconds either side of the epoch (ECMA-262, time values). */
const MAX_DATE_MS = 8.64e15;
const DAY_MS = 24 * 60 * 60 * 1000;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether a time from a row is one that a calendar knows. */
function isShowable(ms: number): boolean {
	return Math.abs(ms) <= MAX_DATE_MS;
}

/** Hours and minutes, or "unknown time". */
export function clockTime(ms: number): string {
	return isShowable(ms)
		? formatOf({ hour: "2-digit", minute: "2-digit" }).format(ms)
		: l10n.t("unknown time");
}

/** Date and time to the second, or "unknown time". */
export function exactTime(ms: number): string {
	return isShowable(ms)
		? formatOf({ dateStyle: "full", timeStyle: "medium" }).format(ms)
		: l10n.t("unknown time");
}

/** Day and time in few letters, with the year when it is not this one; or "unknown time". */
export function shortTime(ms: number, nowMs: number): string {
	if (!isShowable(ms)) {
		return l10n.t("unknown time");
	}
	const isThisYear = new Date(ms).getFullYear() === new Date(nowMs).getFullYear();
	return formatOf({
		day: "numeric",
		month: "short",
		hour: "2-digit",
		minute: "2-digit",
		...(isThisYear ? {} : { year: "numeric" }),
	}).format(ms);
}

/** The hour of a time on this day, else day and hour. */
export function soonTime(ms: number, nowMs: number): string {
	return dayOf(ms) === dayOf(nowMs) ? clockTime(ms) : shortTime(ms, nowMs);
}

/** How long ago that was, in few letters: "5m ago", "3d ago". */
export function ago(ms: number, nowMs: number): string {
	const minutes = Math.max(0, Math.round((nowMs - ms) / 60_000));
	if (!isShowable(ms)) {
		return l10n.t("unknown time");
	}
	if (minutes < 1) {
		return l10n.t("just now");
	}
	if (minutes < 60) {
		return l10n.t("{0}m ago", minutes);
	}
	return minutes < 24 * 60
		? l10n.t("{0}h ago", Math.round(minutes / 60))
		: l10n.t("{0}d ago", Math.round(minutes / 60 / 24));
}

/** For `<time datetime>`; nothing for a time outside the calendar. */
export function isoTime(ms: number): string | undefined {
	return isShowable(ms) ? new Date(ms).toISOString() : undefined;
}

/** A number that is the same for two times of one local day; undefined outside the calendar. */
export function dayOf(ms: number): number | undefined {
	if (!isShowable(ms)) {
		return undefined;
	}
	const start = new Date(ms).setHours(0, 0, 0, 0);
	return Number.isNaN(start) ? undefined : start;
}

/** "Today", "Yesterday", else the date; with the year when it is not this one. */
export function dayLabel(ms: number, nowMs: number): string {
	const day = dayOf(ms);
	const today = dayOf(nowMs);
	if (day === undefined || today === undefined) {
		return l10n.t("unknown time");
	}
	if (day === today) {
		return l10n.t("Today");
	}
	// Half a day of slack: a day may have 23 or 25 hours.
	if (day < today && today - day < 1.5 * DAY_MS) {
		return l10n.t("Yesterday");
	}
	const isThisYear = new Date(ms).getFullYear() === new Date(nowMs).getFullYear();
	return isThisYear
		? formatOf({ weekday: "long", day: "numeric", month: "long" }).format(ms)
		: formatOf({ dateStyle: "long" }).format(ms);
}

/** Whole seconds until a time, at least 1, for a countdown. */
export function secondsUntil(ms: number, nowMs: number): number {
	return Math.max(1, Math.ceil((ms - nowMs) / 1000));
}

/** Building a format takes a thousand times as long as using one. */
function formatOf(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
	const locale = document.documentElement.lang;
	const id = locale + JSON.stringify(options);
	let format = formats.get(id);
	if (format === undefined) {
		try {
			format = new Intl.DateTimeFormat(locale === "" ? undefined : locale, options);
		} catch {
			format = new Intl.DateTimeFormat(undefined, options);
		}
		formats.set(id, format);
	}
	return format;
}
