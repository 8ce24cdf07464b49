import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit/html.js";
import type { Entry, Message } from "../../shared/chat";
import { excerptOf } from "../../shared/excerpt";
import type { Person } from "../../shared/person";
import type { Post } from "../model/host";
import { nameOf } from "../people/names";

/** The message that a reply answers, as the reply shows it. */
export interface QuoteView {
	/** The host's key of the message; `undefined` while the reply is pending. */
	readonly hit: string | undefined;
	readonly author: string;
	/** Empty for a deleted message. */
	readonly excerpt: string;
	readonly kind: "known" | "gone" | "unknown";
}

const bySeq = new WeakMap<readonly Entry[], ReadonlyMap<number, Message>>();

/** Returns the message that a reply answers; `undefined` if the message is no reply. */
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
	// A message in the view range is newer than the quote that the host read once.
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

/** Renders the line above a reply, which leads to the answered message. */
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
			? l10n.t("In reply to {0}: {1}", quote.author, quote.excerpt)
			: kind === "gone"
				? l10n.t("In reply to a deleted message")
				: l10n.t("In reply to an earlier message");
	return html`<button
		class="message-quote"
		type="button"
		aria-label=${label}
		title=${kind === "known" ? l10n.t("{0}: {1}", quote.author, quote.excerpt) : nothing}
		@click=${() => post({ type: "reveal", hit })}
	>
		${content}
	</button>`;
}

/** Returns the messages of the view range by number. */
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
