import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit/html.js";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";
import type { Person } from "../shared/chat";
import { fill } from "./fill";
import { dayLabel, exactTime } from "./format";
import { summarise, type QuietNotice, type Row, type SentenceNotice } from "./grouping";
import type { Post } from "./host";
import { delayOf, linkButton, renderMessage } from "./message";
import { isolated, nameOf } from "./names";

/** Names a line of notices spells out before it counts the others. */
const SPELLED_NAMES = 2;

export interface HistoryView {
	readonly rows: readonly Row[];
	readonly people: ReadonlyMap<string, Person>;
	readonly nowMs: number;
}

/** The lines of the log. A line is only drawn again when something that it shows has changed. */
export function renderHistory(view: HistoryView, post: Post): unknown {
	return repeat(
		view.rows,
		(row) => row.key,
		(row) => renderRow(row, view, post),
	);
}

function renderRow(row: Row, { people, nowMs }: HistoryView, post: Post): unknown {
	switch (row.kind) {
		case "day": {
			const label = dayLabel(row.ms, nowMs);
			return guard([label], () => renderDay(label, post));
		}
		case "message": {
			const { message, isFollow } = row;
			const name = nameOf(people, message.sender);
			const delay = delayOf(message, nowMs);
			return guard([message, isFollow, name, delay], () =>
				renderMessage({ message, isFollow, name, delay }, post),
			);
		}
		case "quiet":
			return guard([row.notices.at(0), row.notices.at(-1), row.notices.length], () =>
				renderQuiet(row.key, row.notices),
			);
		case "sentence":
			return guard([row.notice], () => renderSentence(row.notice, post));
	}
}

function renderDay(label: string, post: Post): TemplateResult {
	return html`<div class="day">
		<button
			type="button"
			aria-label=${l10n.t("{0}. Go to date…", label)}
			@click=${() => post({ type: "command", command: "goToDate" })}
		>
			<span title=${l10n.t("Go to date…")}>${label}</span>
		</button>
	</div>`;
}

function renderQuiet(key: string, notices: readonly QuietNotice[]): TemplateResult {
	const { joined, left, renamed } = summarise(notices);
	const sentences: unknown[] = [];
	if (joined.length > 0) {
		sentences.push(fill(l10n.t("{0} connected."), nameList(joined)));
	}
	if (left.length > 0) {
		sentences.push(fill(l10n.t("{0} left."), nameList(left)));
	}
	for (const { from, to } of renamed) {
		sentences.push(fill(l10n.t("{0} is now {1}."), isolated(from), isolated(to)));
	}
	return html`<article
		class="notice"
		data-kind="notice"
		data-key=${key}
		title=${exactTime(notices.at(-1)?.atMs ?? NaN)}
	>
		${sentences.map((sentence, index) => [index === 0 ? nothing : " ", sentence])}
	</article>`;
}

function nameList(names: readonly string[]): unknown[] {
	const [first = "", second = ""] = names;
	const others = names.length - SPELLED_NAMES;
	if (names.length === 1) {
		return [isolated(first)];
	}
	return others <= 0
		? fill(l10n.t("{0} and {1}"), isolated(first), isolated(second))
		: fill(l10n.t("{0}, {1} and {2} more"), isolated(first), isolated(second), others);
}

function renderSentence(notice: SentenceNotice, post: Post): TemplateResult {
	const isProblem = notice.tone === "problem";
	return html`<article
		class="notice ${isProblem ? "problem" : ""}"
		data-kind="notice"
		data-key=${notice.key}
		title=${exactTime(notice.atMs)}
	>
		${
			isProblem ? html`<span class="codicon codicon-error" aria-hidden="true"></span> ` : nothing
		}${notice.sentence}
		${
			notice.action === "setName"
				? linkButton(l10n.t("Set Name"), () => post({ type: "command", command: "setName" }))
				: nothing
		}
	</article>`;
}
