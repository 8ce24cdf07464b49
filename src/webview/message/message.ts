import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit/html.js";
import type { Message } from "../../shared/chat";
import type { Reaction } from "../../shared/room";
import { clockTime, exactTime, isoTime } from "../ui/formatTime";
import type { Post } from "../model/host";
import { isFolded, wholeFence } from "../markdown/fold";
import { parseMessage } from "../markdown/parse";
import { renderNodes, type ReaderContext } from "../markdown/render";
import { initialOf, toneOf } from "../people/names";
import { renderQuote, type QuoteView } from "./quote";
import { renderReactions } from "./reactions";
import type { Delay } from "../model/sendDelay";
import { renderState, type SendStatePort } from "./sendState";

export interface MessageView {
	readonly message: Message;
	readonly isFollow: boolean;
	/** The author's name, also for an own message. */
	readonly name: string;
	/** The emoji and the text of the author's status; empty if there is none. */
	readonly status: { readonly emoji: string; readonly title: string };
	readonly delay: Delay;
	readonly quote: QuoteView | undefined;
	/** The names behind each reaction. */
	readonly reactors: readonly string[];
	readonly canReact: boolean;
	readonly ownName: string | undefined;
}

/** The actions that a message can trigger. */
export interface MessagePort extends SendStatePort {
	readonly post: Post;
	react(message: Message, reaction: Reaction): void;
	addReaction(message: Message, anchor: HTMLElement): void;
}

/** Renders a message: author, time, text, reactions, and its state if it is not sent. */
export function renderMessage(view: MessageView, port: MessagePort): TemplateResult {
	const { message, isFollow, quote } = view;
	const { post: detail, isOwn } = message;
	const shown = isOwn ? l10n.t("You") : view.name;
	const time = clockTime(message.sentMs);
	const exact = exactTime(message.sentMs);
	const isEdited = detail?.editedMs !== undefined && detail.gone === undefined;
	const isForMe = detail?.isForMe === true && detail.gone === undefined;
	return html`<article
		class="message ${isFollow ? "follow" : ""} ${isOwn ? "own" : ""} ${isForMe ? "for-me" : ""} ${
			message.state.kind
		}"
		data-kind="message"
		data-state=${message.state.kind}
		data-key=${message.key}
		aria-label=${isForMe ? l10n.t("{0}, {1}, to you", shown, time) : l10n.t("{0}, {1}", shown, time)}
	>
		${
			isFollow
				? nothing
				: html`<span class="avatar avatar-tone-${toneOf(message.sender)}" aria-hidden="true"
							>${initialOf(view.name)}</span
						>
						<div class="message-head">
							<bdi class="message-author" title=${view.name}>${shown}</bdi>${
								view.status.emoji === ""
									? nothing
									: html`<span
											class="message-status"
											role="img"
											aria-label=${view.status.title}
											title=${view.status.title}
											>${view.status.emoji}</span
										>`
							}
							<time datetime=${isoTime(message.sentMs) ?? nothing} title=${exact}>${time}</time>
						</div>`
		}
		${quote === undefined || detail?.gone !== undefined ? nothing : renderQuote(quote, port.post)}
		<div
			class="message-body markdown ${detail?.gone === undefined ? "" : "stub"} ${isEdited ? "edited" : ""}"
			dir="auto"
			title=${isFollow ? exact : nothing}
		>
			${renderText(message, { post: port.post, ownName: view.ownName })}${
				isEdited
					? html` <span class="message-edited" title=${exactTime(detail.editedMs)}
							>${l10n.t("(edited)")}</span
						>`
					: nothing
			}
		</div>
		${renderReactions(
			detail?.gone === undefined ? (detail?.reactions ?? []) : [],
			view.reactors,
			view.canReact,
			(reaction) => port.react(message, reaction),
			(anchor) => port.addReaction(message, anchor),
		)}
		${renderState(message, view.delay, port)}
	</article>`;
}

/** Renders the text of a message. A code block folds itself. */
function renderText({ key, text, post }: Message, reader: ReaderContext): unknown {
	switch (post?.gone) {
		case "deleted":
			return l10n.t("This message was deleted.");
		case "removed":
			return l10n.t("Removed by a moderator.");
		default:
			return isFolded(text) && wholeFence(text) === undefined
				? html`<chat-long .long=${{ text, reader }}></chat-long>`
				: renderNodes(parseMessage(key, text), reader);
	}
}
