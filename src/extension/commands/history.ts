import { createWriteStream } from "node:fs";
import { mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import type { CancellationToken, Progress } from "vscode";
import { l10n, ProgressLocation, Uri, window, workspace } from "vscode";
import { displayName } from "../../shared/person";
import type { Pages } from "../chat/backend";
import type { ChatSession } from "../chat/session";
import { Refusal } from "../platform/failure";
import type { ExportFormat } from "../chat/exportRoom";
import { ExportWriter, readAll } from "../chat/exportRoom";
import type { PanelProvider } from "../panel/provider";

const DAY_MS = 24 * 60 * 60 * 1_000;

interface Targets {
	readonly session: ChatSession;
	readonly view: Pick<PanelProvider, "revealTime">;
}

/** @param argument a date given by a key binding or a test; asked for otherwise */
export async function goToDate({ session, view }: Targets, argument: unknown): Promise<void> {
	requirePages(session, l10n.t("go to a date"));
	const typed =
		typeof argument === "string"
			? argument
			: await window.showInputBox({
					title: l10n.t("Chat: Go to Date"),
					prompt: l10n.t("A day as YYYY-MM-DD, or “today”, “yesterday”, “7 days ago”"),
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
	if (!(await view.revealTime(day))) {
		throw new Refusal(
			l10n.t("Could not go to that date: there is no answer now. Try again later."),
		);
	}
}

/** The beginning of a day of this machine's calendar, in milliseconds since the epoch. */
export function readDay(text: string, now = new Date()): number | undefined {
	const word = text.trim().toLowerCase();
	const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate());
	const ago = /^(\d{1,4}) days? ago$/u.exec(word)?.[1];
	const back = word === l10n.t("today") ? 0 : word === l10n.t("yesterday") ? 1 : Number(ago);
	if (!Number.isNaN(back)) {
		return new Date(
			midnight.getFullYear(),
			midnight.getMonth(),
			midnight.getDate() - back,
		).getTime();
	}
	const [, year, month, day] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/u.exec(word) ?? [];
	const date = new Date(Number(year), Number(month) - 1, Number(day));
	// "2026-02-31" would be a day in March.
	const isReal = date.getMonth() === Number(month) - 1 && date.getDate() === Number(day);
	return isReal ? date.getTime() : undefined;
}

function notADay(text: string): string {
	return l10n.t("“{0}” is not a day like {1}.", text, localDay(new Date(Date.now() - DAY_MS)));
}

function localDay(date: Date): string {
	const two = (value: number) => String(value).padStart(2, "0");
	return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** @param argument a file's URI given by a key binding or a test; asked for otherwise */
export async function exportRoom({ session }: Targets, argument: unknown): Promise<void> {
	const pages = requirePages(session, l10n.t("export the messages"));
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

/** Writes beside the target and takes its place at the end: who cancels finds what was there before. */
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
	// An error is told by the next write, or the end.
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
				message: l10n.t("{0} messages", count.toLocaleString()),
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
		window.setStatusBarMessage(l10n.t("$(check) {0} messages exported", count), 5_000);
	} finally {
		file.destroy();
		await rm(folder ?? draft, { recursive: true, force: true });
	}
}

/** @param wish as it follows "Could not" */
function requirePages(session: ChatSession, wish: string): Pages {
	const pages = session.backend?.pages;
	if (pages === undefined) {
		throw new Refusal(l10n.t("Could not {0}: there is no connection now.", wish));
	}
	return pages;
}
