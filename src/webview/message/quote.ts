import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit/html.js";
import type { Entry, Message } from "../../shared/chat";
import type { Person } from "../../shared/person";
import type { Post } from "../model/host";
import { nameOf } from "../people/names";

/** As long as a line of an answer ever shows. */
const MAX_EXCERPT = 200;

/** The message that another one answers, as it is shown. */
export interface QuoteView {
	/** Says to the host which message is meant; absent while the answer is on its way. */
	readonly hit: string | undefined;
	readonly author: string;
	/** Empty for one that is gone. */
	readonly excerpt: string;
	readonly kind: "known" | "gone" | "unknown";
}

/** A message's first words on one line. */
export function excerptOf(text: string): string {
	return text.replace(/\s+/gu, " ").trim().slice(0, MAX_EXCERPT);
}

const bySeq = new WeakMap<readonly Entry[], ReadonlyMap<number, Message>>();

/** What a message answers; `undefined` if it answers nothing. */
export function quoteOf(
	message: Message,
	entries: readonly Entry[],
	people: ReadonlyMap<string, Person>,
): QuoteView | undefined {
	const quote = message.post?.quote;
	const seq = quote?.seq ?? message.replyTo;
	if (seq === undefined) {
		return undefined;
	}
	const hit = quote?.hit;
	// What is in the window is newer than what the host looked up once.
	const shown = numbered(entries).get(seq);
	const of =
		shown === undefined
			? quote?.of
			: {
					sender: shown.sender,
					excerpt: excerptOf(shown.text),
					isGone: shown.post?.gone !== undefined,
				};
	if (of === undefined) {
		return { hit, author: "", excerpt: "", kind: "unknown" };
	}
	const author = nameOf(people, of.sender);
	return of.isGone
		? { hit, author, excerpt: "", kind: "gone" }
		: { hit, author, excerpt: of.excerpt, kind: "known" };
}

/** The line above an answer, which leads to what it answers. */
export function renderQuote(quote: QuoteView, post: Post): TemplateResult {
	const { hit, kind } = quote;
	const content = html`<span class="codicon codicon-reply" aria-hidden="true"></span>${
			kind === "known"
				? html`<bdi class="message-quote-author">${quote.author}</bdi>
						<span class="message-quote-excerpt">${quote.excerpt}</span>`
				: html`<span class="message-quote-excerpt"
						>${kind === "gone" ? l10n.t("Deleted message") : l10n.t("An earlier message")}</span
					>`
		}`;
	if (hit === undefined) {
		return html`<div class="message-quote">${content}</div>`;
	}
	const label =
		kind === "known"
			? l10n.t("In answer to {0}: {1}", quote.author, quote.excerpt)
			: kind === "gone"
				? l10n.t("In answer to a deleted message")
				: l10n.t("In answer to an earlier message");
	return html`<button
		class="message-quote"
		type="button"
		aria-label=${label}
		title=${kind === "known" ? `${quote.author}: ${quote.excerpt}` : nothing}
		@click=${() => post({ type: "reveal", hit })}
	>
		${content}
	</button>`;
}

function numbered(entries: readonly Entry[]): ReadonlyMap<number, Message> {
	let numbers = bySeq.get(entries);
	if (numbers === undefined) {
		numbers = new Map(
			entries.flatMap((entry) =>
				entry.kind === "message" && entry.post !== undefined ? [[entry.post.seq, entry]] : [],
			),
		);
		bySeq.set(entries, numbers);
	}
	return numbers;
}
