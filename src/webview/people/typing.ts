import * as l10n from "@vscode/l10n";
import { html, type TemplateResult } from "lit/html.js";
import type { Model } from "../model/model";
import { nameOf } from "./names";

/** The time in which the same person's typing is announced only once. */
const QUIET_MS = 60_000;
/** The most names in the sentence. */
const MAX_NAMES = 3;

/** Announces to a screen reader the people who begin to type, each at most once a minute. */
export class TypingAnnouncements {
	readonly #announcedMs = new Map<string, number>();

	/** Returns the sentence to announce; empty if there is none. */
	take(before: Model, after: Model, nowMs: number): string {
		const fresh = after.typing.filter(
			(identity) =>
				!before.typing.includes(identity) &&
				identity !== after.me &&
				nowMs - (this.#announcedMs.get(identity) ?? -Infinity) >= QUIET_MS,
		);
		for (const [identity, announcedMs] of this.#announcedMs) {
			if (nowMs - announcedMs >= QUIET_MS) {
				this.#announcedMs.delete(identity);
			}
		}
		for (const identity of fresh) {
			this.#announcedMs.set(identity, nowMs);
		}
		return typingSentence({ ...after, typing: fresh });
	}
}

/** Returns "Ada is typing…" or "Ada and Grace are typing…"; empty while nobody types. */
export function typingSentence({ typing, people, me }: Model): string {
	const names = typing.filter((identity) => identity !== me).map((one) => nameOf(people, one));
	const [first = "", second = "", third = ""] = names;
	switch (names.length) {
		case 0:
			return "";
		case 1:
			return l10n.t("{0} is typing…", first);
		case 2:
			return l10n.t("{0} and {1} are typing…", first, second);
		case MAX_NAMES:
			return l10n.t("{0}, {1} and {2} are typing…", first, second, third);
		default:
			return l10n.t("Several people are typing…");
	}
}

/** Renders the line for the typing sentence. The line stays while nobody types, so nothing moves. */
export function renderTyping(model: Model): TemplateResult {
	const sentence = typingSentence(model);
	return html`<div class="typing" title=${sentence}>${sentence}</div>`;
}
