import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit/html.js";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";
import type { Message } from "../../shared/chat";
import { permissionsOf, type Permissions } from "../people/permissions";
import { formatParts } from "../ui/formatParts";
import { dayLabel, exactTime } from "../ui/formatTime";
import { summarise, type QuietNotice, type Row, type SentenceNotice } from "./grouping";
import type { Post } from "../model/host";
import { renderMessage, type MessagePort } from "../message/message";
import type { Model } from "../model/model";
import { isolated, nameOf } from "../people/names";
import { statusOf, statusTitle } from "../people/presence";
import { quoteOf } from "../message/quote";
import { reactorNames } from "../message/reactions";
import { delayOf } from "../model/sendDelay";
import { linkButton } from "../ui/linkButton";

/** The names that a row of notices spells out before it counts the others. */
const SPELLED_NAMES = 2;

export interface RowsView {
	readonly rows: readonly Row[];
	readonly model: Model;
	readonly nowMs: number;
}

/** The values that all rows of one drawing share. */
interface Context extends RowsView {
	readonly permissions: Permissions;
	readonly ownName: string | undefined;
}

const NO_NAMES: readonly string[] = [];

/** Renders the rows of the log. A row is rendered again only when one of its values has changed. */
export function renderRows(view: RowsView, port: MessagePort): unknown {
	const { model, nowMs } = view;
	const ownName = model.people.get(model.me ?? "")?.name;
	const context = { ...view, permissions: permissionsOf(model, nowMs), ownName };
	return repeat(
		view.rows,
		// Messages of two rooms may have the same key, and must not share an unfolded state.
		({ key }) => `${model.roomId} ${key}`,
		(row) => renderRow(row, context, port),
	);
}

function renderRow(row: Row, context: Context, port: MessagePort): unknown {
	switch (row.kind) {
		case "day": {
			const label = dayLabel(row.ms, context.nowMs);
			return guard([label], () => renderDay(label, port.post));
		}
		case "new":
			return guard([], renderNew);
		case "message":
			return renderMessageRow(row.message, row.isFollow, context, port);
		case "quiet":
			return guard([row.notices.at(0), row.notices.at(-1), row.notices.length], () =>
				renderQuiet(row.key, row.notices),
			);
		case "sentence":
			return guard([row.notice], () => renderSentence(row.notice, port.post));
	}
}

function renderMessageRow(
	message: Message,
	isFollow: boolean,
	{ model, nowMs, permissions, ownName }: Context,
	port: MessagePort,
): unknown {
	const { people, entries } = model;
	const author = people.get(message.sender);
	const name = nameOf(people, message.sender);
	const status = {
		emoji: (isFollow ? undefined : statusOf(author, nowMs)?.emoji) ?? "",
		title: isFollow ? "" : statusTitle(author, nowMs),
	};
	const delay = delayOf(message, nowMs);
	const quote = quoteOf(message, entries, people);
	const reactors =
		message.post === undefined || message.post.reactions.length === 0
			? NO_NAMES
			: message.post.reactions.map((reaction) =>
					reactorNames(
						reaction,
						reaction.who.map((identity) => nameOf(people, identity)),
					),
				);
	const canReact = permissions.features.posts && permissions.canWrite;
	const values = [
		...[message, isFollow, name, delay, canReact, ownName, status.emoji, status.title],
		...[quote?.hit, quote?.kind, quote?.author, quote?.excerpt, reactors.join("\n")],
	];
	return guard(values, () =>
		renderMessage(
			{ message, isFollow, name, status, delay, quote, reactors, canReact, ownName },
			port,
		),
	);
}

function renderNew(): TemplateResult {
	return html`<div class="log-new" role="separator" aria-label=${l10n.t("New messages")}>
		<span aria-hidden="true">${l10n.t("New")}</span>
	</div>`;
}

function renderDay(label: string, post: Post): TemplateResult {
	return html`<div class="log-day">
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
		sentences.push(
			namesSentence(joined, {
				one: l10n.t("{0} connected."),
				two: l10n.t("{0} and {1} connected."),
				more: l10n.t("{0}, {1} and {2} more connected."),
			}),
		);
	}
	if (left.length > 0) {
		sentences.push(
			namesSentence(left, {
				one: l10n.t("{0} left."),
				two: l10n.t("{0} and {1} left."),
				more: l10n.t("{0}, {1} and {2} more left."),
			}),
		);
	}
	for (const { from, to } of renamed) {
		sentences.push(formatParts(l10n.t("{0} is now {1}."), isolated(from), isolated(to)));
	}
	return html`<article
		class="log-notice"
		data-kind="notice"
		data-key=${key}
		title=${exactTime(notices.at(-1)?.atMs ?? NaN)}
	>
		${sentences.map((sentence, index) => [index === 0 ? nothing : " ", sentence])}
	</article>`;
}

/** Returns the sentence for one, two or more names; it counts the names after the second. */
function namesSentence(
	names: readonly string[],
	sentences: { readonly one: string; readonly two: string; readonly more: string },
): unknown[] {
	const [first = "", second = ""] = names;
	const others = names.length - SPELLED_NAMES;
	if (names.length === 1) {
		return formatParts(sentences.one, isolated(first));
	}
	return others <= 0
		? formatParts(sentences.two, isolated(first), isolated(second))
		: formatParts(sentences.more, isolated(first), isolated(second), others);
}

function renderSentence(notice: SentenceNotice, post: Post): TemplateResult {
	const isProblem = notice.tone === "problem";
	return html`<article
		class="log-notice ${isProblem ? "problem" : ""}"
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
