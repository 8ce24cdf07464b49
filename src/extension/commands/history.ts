import { createWriteStream } from "node:fs";
import { mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import type { CancellationToken, Progress } from "vscode";
import { env, l10n, ProgressLocation, Uri, window, workspace } from "vscode";
import { displayName } from "../../shared/person";
import type { Pages } from "../chat/backend";
import type { ChatSession } from "../chat/session";
import { Refusal } from "../platform/failure";
import { formatCount, pluralForm } from "../platform/locale";
import type { ExportFormat } from "../chat/exportRoom";
import { ExportWriter, readAll } from "../chat/exportRoom";
import type { PanelCommands } from "./panelCommands";

const DAY_MS = 24 * 60 * 60 * 1_000;

interface Targets {
	readonly session: ChatSession;
	readonly panel: Pick<PanelCommands, "revealTime">;
}

/** @param argument the date, if a key binding or a test gives one */
export async function goToDate({ session, panel }: Targets, argument: unknown): Promise<void> {
	requirePages(session);
	const typed =
		typeof argument === "string"
			? argument
			: await window.showInputBox({
					title: l10n.t("Chat: Go to Date"),
					prompt: l10n.t(
						"A date such as {0}, or “{1}”, “{2}”, “{3}”",
						localDay(new Date()),
						...[0, 1, 7].map((days) => daysAgo(days, env.language)),
					),
					value: localDay(new Date()),
					ignoreFocusOut: true,
					validateInput: (text) => (readDay(text) === undefined ? notADay(text) : undefined),
				});
	if (typed === undefined) {
		return;
	}
	const day = readDay(typed);
	if (day === undefined) {
		throw new Refusal(notADay(typed));
	}
	if (!(await panel.revealTime(day))) {
		throw new Refusal(
			l10n.t("Could not load that date: the server did not answer. Try again later."),
		);
	}
}

/**
 * Returns the beginning of a day of this machine's calendar, in milliseconds since the epoch, or
 * `undefined` for a text that names no day.
 *
 * @param text `YYYY-MM-DD`, or a phrase such as "yesterday" in English or the language of `locale`
 */
export function readDay(
	text: string,
	now = new Date(),
	locale: string = env.language,
): number | undefined {
	const word = text.trim().toLowerCase();
	const back = daysBack(word, locale) ?? daysBack(word, "en");
	if (back !== undefined) {
		return new Date(now.getFullYear(), now.getMonth(), now.getDate() - back).getTime();
	}
	const [, year, month, day] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/u.exec(word) ?? [];
	const date = new Date(Number(year), Number(month) - 1, Number(day));
	// "2026-02-31" would be a day in March.
	const isReal = date.getMonth() === Number(month) - 1 && date.getDate() === Number(day);
	return isReal ? date.getTime() : undefined;
}

/** Returns the number of days in a phrase such as "today" or "7 days ago" of a language. */
function daysBack(word: string, locale: string): number | undefined {
	const inWord = Number(/\d{1,4}/u.exec(word)?.[0] ?? 0);
	return [0, 1, 2, inWord].find((days) =>
		(["auto", "always"] as const).some((numeric) => daysAgo(days, locale, numeric) === word),
	);
}

function daysAgo(
	days: number,
	locale: string,
	numeric: Intl.RelativeTimeFormatNumeric = "auto",
): string {
	const format = new Intl.RelativeTimeFormat(locale, { numeric });
	return format.format(-days, "day").toLowerCase();
}

function notADay(text: string): string {
	return l10n.t(
		"“{0}” is not a date. Use a form like {1}.",
		text,
		localDay(new Date(Date.now() - DAY_MS)),
	);
}

function localDay(date: Date): string {
	const two = (value: number) => String(value).padStart(2, "0");
	return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** @param argument the URI of the file, if a key binding or a test gives one */
export async function exportRoom({ session }: Targets, argument: unknown): Promise<void> {
	const pages = requirePages(session);
	const database = session.address?.database ?? "chat";
	const target =
		argument instanceof Uri
			? argument
			: await window.showSaveDialog({
					title: l10n.t("Export Messages"),
					filters: { Markdown: ["md"], JSON: ["json"] },
					defaultUri: Uri.joinPath(
						workspace.workspaceFolders?.[0]?.uri ?? Uri.file(tmpdir()),
						`${database}.md`,
					),
				});
	if (target === undefined) {
		return;
	}
	const format: ExportFormat = target.path.toLowerCase().endsWith(".json") ? "json" : "markdown";
	await window.withProgress(
		{
			location: ProgressLocation.Notification,
			title: l10n.t("Exporting {0}", database),
			cancellable: true,
		},
		(progress, cancel) => writeAll(session, pages, target, format, progress, cancel),
	);
}

/** Writes a second file and replaces the target at the end, so that cancelling keeps the old file. */
async function writeAll(
	session: ChatSession,
	pages: Pages,
	target: Uri,
	format: ExportFormat,
	progress: Progress<{ message?: string; increment?: number }>,
	cancel: CancellationToken,
): Promise<void> {
	const isLocal = target.scheme === "file";
	const folder = isLocal ? undefined : await mkdtemp(join(tmpdir(), "spacetimedb-chat-export-"));
	const draft = folder === undefined ? `${target.fsPath}.part` : join(folder, "export");
	const writer = new ExportWriter(format, {
		room: session.address?.database ?? "",
		server: session.address?.server ?? "",
		exportedAt: new Date(),
		nameOf: (sender) => displayName(session.people.get(sender)),
	});
	const file = createWriteStream(draft);
	// The next write reports an error, or `finished` does.
	file.on("error", () => undefined);
	const write = async (text: string) => {
		if (!file.write(text)) {
			await new Promise<void>((resolve, reject) => {
				file.once("drain", resolve);
				file.once("error", reject);
			});
		}
	};
	try {
		let [count, doneBefore] = [0, 0];
		await write(writer.begin());
		for await (const { rows, done } of readAll(pages)) {
			if (cancel.isCancellationRequested) {
				return;
			}
			await write(writer.add(rows));
			count += rows.length;
			progress.report({
				message: pluralForm(count, {
					one: l10n.t("{0} message", formatCount(count)),
					other: l10n.t("{0} messages", formatCount(count)),
				}),
				increment: (done - doneBefore) * 100,
			});
			doneBefore = done;
		}
		file.end(writer.end());
		await finished(file);
		if (isLocal) {
			await rename(draft, target.fsPath);
		} else {
			await workspace.fs.copy(Uri.file(draft), target, { overwrite: true });
		}
		const exported = pluralForm(count, {
			one: l10n.t("$(check) {0} message exported", formatCount(count)),
			other: l10n.t("$(check) {0} messages exported", formatCount(count)),
		});
		window.setStatusBarMessage(exported, 5_000);
	} finally {
		file.destroy();
		await rm(folder ?? draft, { recursive: true, force: true });
	}
}

function requirePages(session: ChatSession): Pages {
	const pages = session.backend?.pages;
	if (pages === undefined) {
		throw new Refusal(l10n.t("Reading the history needs a connection."));
	}
	return pages;
}
