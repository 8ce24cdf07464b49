import * as l10n from "@vscode/l10n";
import { displayLanguage } from "./displayLanguage";

/** The largest time that `Date` can hold, in milliseconds before or after the epoch (ECMA-262). */
const MAX_DATE_MS = 8.64e15;
const DAY_MS = 24 * 60 * 60 * 1000;

const formats = new Map<string, Intl.DateTimeFormat>();
const relativeFormats = new Map<string, Intl.RelativeTimeFormat>();

/** Returns true if a calendar knows a time from a row. */
function isShowable(ms: number): boolean {
	return Math.abs(ms) <= MAX_DATE_MS;
}

/** Returns hours and minutes, or "unknown time". */
export function clockTime(ms: number): string {
	return isShowable(ms)
		? formatOf({ hour: "2-digit", minute: "2-digit" }).format(ms)
		: l10n.t("unknown time");
}

/** Returns date and time to the second, or "unknown time". */
export function exactTime(ms: number): string {
	return isShowable(ms)
		? formatOf({ dateStyle: "full", timeStyle: "medium" }).format(ms)
		: l10n.t("unknown time");
}

/** Returns a short day and time, with the year if that differs from the present one; or "unknown time". */
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

/** Returns the clock time if it is on this day, else day and time. */
export function soonTime(ms: number, nowMs: number): string {
	return dayOf(ms) === dayOf(nowMs) ? clockTime(ms) : shortTime(ms, nowMs);
}

/** Returns a short relative time: "5m ago", "3d ago". */
export function ago(ms: number, nowMs: number): string {
	const minutes = Math.max(0, Math.round((nowMs - ms) / 60_000));
	if (!isShowable(ms)) {
		return l10n.t("unknown time");
	}
	if (minutes < 1) {
		return l10n.t("just now");
	}
	if (minutes < 60) {
		return relativeFormat().format(-minutes, "minute");
	}
	return minutes < 24 * 60
		? relativeFormat().format(-Math.round(minutes / 60), "hour")
		: relativeFormat().format(-Math.round(minutes / 60 / 24), "day");
}

/** Returns the value for `<time datetime>`; `undefined` for a time outside the calendar. */
export function isoTime(ms: number): string | undefined {
	return isShowable(ms) ? new Date(ms).toISOString() : undefined;
}

/** Returns the start of the local day of a time; `undefined` outside the calendar. */
export function dayOf(ms: number): number | undefined {
	if (!isShowable(ms)) {
		return undefined;
	}
	const start = new Date(ms).setHours(0, 0, 0, 0);
	return Number.isNaN(start) ? undefined : start;
}

/** Returns "Today", "Yesterday" or the date, with the year if that differs from the present one. */
export function dayLabel(ms: number, nowMs: number): string {
	const day = dayOf(ms);
	const today = dayOf(nowMs);
	if (day === undefined || today === undefined) {
		return l10n.t("unknown time");
	}
	if (day === today) {
		return l10n.t("Today");
	}
	// A day may have 23 or 25 hours, so half a day of tolerance is added.
	if (day < today && today - day < 1.5 * DAY_MS) {
		return l10n.t("Yesterday");
	}
	const isThisYear = new Date(ms).getFullYear() === new Date(nowMs).getFullYear();
	return isThisYear
		? formatOf({ weekday: "long", day: "numeric", month: "long" }).format(ms)
		: formatOf({ dateStyle: "long" }).format(ms);
}

/** Returns "Next try in 4 s.", with whole seconds and at least 1. */
export function countdownText(retryAtMs: number, nowMs: number): string {
	return l10n.t("Next try in {0} s.", Math.max(1, Math.ceil((retryAtMs - nowMs) / 1000)));
}

/** Returns a cached format. Creating one takes a thousand times as long as using it. */
function formatOf(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
	const locale = displayLanguage();
	const id = locale + JSON.stringify(options);
	let format = formats.get(id);
	if (format === undefined) {
		format = new Intl.DateTimeFormat(locale, options);
		formats.set(id, format);
	}
	return format;
}

function relativeFormat(): Intl.RelativeTimeFormat {
	const locale = displayLanguage();
	let format = relativeFormats.get(locale);
	if (format === undefined) {
		format = new Intl.RelativeTimeFormat(locale, { style: "narrow" });
		relativeFormats.set(locale, format);
	}
	return format;
}
