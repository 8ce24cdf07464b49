import * as l10n from "@vscode/l10n";
import { html, type TemplateResult } from "lit/html.js";
import type { Model } from "../model/model";
import { nameOf } from "../people/names";

/** How often it is said at most that one is typing. */
const SAY_MS = 3_000;
/** For so long nobody is told again that the same person types. */
const QUIET_MS = 60_000;
/** Names that are spelled out. */
const MAX_NAMES = 3;

/** Says to the host that something is being typed, not with each letter. */
export class TypingReporter {
	#room = 0;
	#saidMs = -Infinity;

	/** Whether to say it now. */
	asks(room: number, nowMs: number): boolean {
		if (room === this.#room && nowMs - this.#saidMs < SAY_MS) {
			return false;
		}
		this.#room = room;
		this.#saidMs = nowMs;
		return true;
	}

	/** What was typed is sent: the next letter is a new beginning. */
	reset(): void {
		this.#saidMs = -Infinity;
	}
}

/** Who began to type, for a screen reader: nobody twice within a minute. */
export class TypingAnnouncements {
	readonly #toldMs = new Map<string, number>();

	/** The sentence to say, or nothing. */
	take(before: Model, after: Model, nowMs: number): string {
		const fresh = after.typing.filter(
			(identity) =>
				!before.typing.includes(identity) &&
				identity !== after.me &&
				nowMs - (this.#toldMs.get(identity) ?? -Infinity) >= QUIET_MS,
		);
		for (const [identity, toldMs] of this.#toldMs) {
			if (nowMs - toldMs >= QUIET_MS) {
				this.#toldMs.delete(identity);
			}
		}
		for (const identity of fresh) {
			this.#toldMs.set(identity, nowMs);
		}
		return typingSentence({ ...after, typing: fresh });
	}
}

/** "Ada is typing…", "Ada and Grace are typing…"; empty while nobody does. */
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

/** A line that is there whether or not somebody types, so that nothing jumps. */
export function renderTyping(model: Model): TemplateResult {
	const sentence = typingSentence(model);
	return html`<div class="typing" title=${sentence}>${sentence}</div>`;
}
