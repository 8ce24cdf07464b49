import { l10n } from "vscode";
import { excerptOf } from "../../../shared/excerpt";
import type { FoundMessage, MessageRow, Pages, SearchAnswer } from "../backend";
import { hasWords, wordsOf } from "./words";

/** Pages that are asked for at once. */
const READ_AHEAD = 4;
/** Hits that are enough for one answer. */
const ENOUGH_HITS = 50;
/** An answer with hits comes after so long, and one without any: nobody is left without a word. */
const ENOUGH_MS = 500;
const PATIENCE_MS = 5_000;

/**
 * Searches a room that is in no index: page by page, the newest first, letter by letter. Looks at whole
 * pages until it has enough for one answer; `undefined` when it is not wanted any more.
 *
 * @param olderThan the page to go on before, as an earlier answer has it
 */
export async function searchPages(
	pages: Pick<Pages, "head" | "olderThan" | "read">,
	text: string,
	olderThan: number | undefined,
	signal: AbortSignal,
	nowMs: () => number = () => performance.now(),
): Promise<SearchAnswer | undefined> {
	const words = wordsOf(text);
	const found: FoundMessage[] = [];
	const beganMs = nowMs();
	const isEnough = () =>
		found.length >= ENOUGH_HITS ||
		nowMs() - beganMs >= (found.length > 0 ? ENOUGH_MS : PATIENCE_MS);
	let searchedBackToMicros: number | undefined;
	try {
		for await (const { page, rows, hasOlder } of newestFirst(pages, olderThan)) {
			if (signal.aborted) {
				return undefined;
			}
			found.push(...rows.filter((row) => hasWords(row.text, words)).map((row) => hit(row, words)));
			searchedBackToMicros = rows.at(-1)?.sentMicros ?? searchedBackToMicros;
			if (hasOlder && isEnough()) {
				return { kind: "found", found, olderThan: page, isCatchingUp: false, searchedBackToMicros };
			}
		}
		return { kind: "found", found, olderThan: undefined, isCatchingUp: false };
	} catch {
		const reason = l10n.t("The server did not answer. Try again.");
		return signal.aborted ? undefined : { kind: "failed", reason };
	}
}

/** The pages before one, or all of them, each with its newest message first. */
async function* newestFirst(
	pages: Pick<Pages, "head" | "olderThan" | "read">,
	olderThan: number | undefined,
): AsyncGenerator<{
	readonly page: number;
	readonly rows: readonly MessageRow[];
	readonly hasOlder: boolean;
}> {
	let next = olderThan === undefined ? pages.head : await pages.olderThan(olderThan);
	const reading: { readonly page: number; readonly rows: Promise<readonly MessageRow[]> }[] = [];
	for (;;) {
		while (next !== undefined && reading.length < READ_AHEAD) {
			const rows = pages.read(next);
			// Whoever stops in the middle does not wait for those that were asked for.
			rows.catch(() => undefined);
			reading.push({ page: next, rows });
			next = await pages.olderThan(next);
		}
		const first = reading.shift();
		if (first === undefined) {
			return;
		}
		const rows = [...(await first.rows)].sort((a, b) => b.order - a.order);
		yield { page: first.page, rows, hasOlder: reading.length > 0 || next !== undefined };
	}
}

function hit({ page, order, sender, sentMicros, text }: MessageRow, words: readonly string[]) {
	return { page, order, sender, sentMicros, excerpt: excerptOf(text, words) };
}
