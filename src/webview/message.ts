import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit/html.js";
import type { Message } from "../shared/chat";
import { clockTime, exactTime, isoTime } from "./format";
import type { Post } from "./host";
import { isFolded, wholeFence } from "./markdown/fold";
import { parseMessage } from "./markdown/parse";
import { renderNodes } from "./markdown/render";
import { initialOf, toneOf } from "./names";

/** How long a send may take before a word is said about it. */
export const QUIET_SEND_MS = 500;
/** How long before trying anew is offered; as long as an answer may take. */
export const STUCK_SEND_MS = 10_000;

export interface MessageView {
	readonly message: Message;
	readonly isFollow: boolean;
	/** The author's, also for an own message. */
	readonly name: string;
	readonly delay: Delay;
}

/** How long a send takes, in the steps that are said: not worth a word, slow, or stuck. */
export type Delay = "none" | "slow" | "stuck";

export function delayOf({ state }: Message, nowMs: number): Delay {
	if (state.kind !== "pending" || state.waitsFor !== "ack") {
		return "none";
	}
	const ageMs = nowMs - state.sinceMs;
	return ageMs >= STUCK_SEND_MS ? "stuck" : ageMs >= QUIET_SEND_MS ? "slow" : "none";
}

/** One message: who, when, what, and what became of it where that is not plain. */
export function renderMessage(view: MessageView, post: Post): TemplateResult {
	const { message, isFollow } = view;
	const shown = message.isOwn ? l10n.t("You") : view.name;
	const time = clockTime(message.sentMs);
	const exact = exactTime(message.sentMs);
	return html`<article
		class="msg ${isFollow ? "follow" : ""} ${message.isOwn ? "own" : ""} ${message.state.kind}"
		data-kind="message"
		data-state=${message.state.kind}
		data-key=${message.key}
		aria-label=${l10n.t("{0}, {1}", shown, time)}
	>
		${
			isFollow
				? nothing
				: html`<span class="mark tone-${toneOf(message.sender)}" aria-hidden="true"
							>${initialOf(view.name)}</span
						>
						<div class="head">
							<bdi class="author" title=${view.name}>${shown}</bdi>
							<time datetime=${isoTime(message.sentMs) ?? nothing} title=${exact}>${time}</time>
						</div>`
		}
		<div class="body" dir="auto" title=${isFollow ? exact : nothing}>
			${renderText(message, post)}
		</div>
		${renderState(view, post)}
	</article>`;
}

/** What was said; a block of code folds by itself. */
function renderText({ key, text }: Message, post: Post): unknown {
	return isFolded(text) && wholeFence(text) === undefined
		? html`<chat-long .long=${{ text, post }}></chat-long>`
		: renderNodes(parseMessage(key, text), post);
}

function renderState(view: MessageView, post: Post): unknown {
	const { key, state } = view.message;
	const discard = linkButton(l10n.t("Discard"), () => post({ type: "discard", key }));
	const retry = linkButton(l10n.t("Retry"), () => post({ type: "retry", key }));
	switch (state.kind) {
		case "sent":
			return nothing;
		case "pending":
			if (state.waitsFor === "connection") {
				return html`<div class="state">
					<span>${l10n.t("Waits for the connection")}</span>${discard}
				</div>`;
			}
			return view.delay === "none"
				? nothing
				: html`<div class="state">
						<span>${l10n.t("Sending…")}</span>${view.delay === "stuck" ? [retry, discard] : nothing}
					</div>`;
		case "failed":
			return html`<div class="state fail">
				<span
					><span class="codicon codicon-error" aria-hidden="true"></span> ${l10n.t(
						"Not sent: {0}",
						state.reason,
					)}</span
				>${retry}${discard}
			</div>`;
		case "unknown":
			return html`<div class="state doubt">
				<span
					><span class="codicon codicon-question" aria-hidden="true"></span> ${l10n.t(
						"May have been sent",
					)}</span
				>${retry}${discard}
			</div>`;
	}
}

/** An action that looks like a link, as in VS Code's own views. */
export function linkButton(label: string, onClick: () => void): TemplateResult {
	return html`<button class="link" type="button" @click=${onClick}>${label}</button>`;
}
