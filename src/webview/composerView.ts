import * as l10n from "@vscode/l10n";
import type { ComposerView } from "./composer/port";
import type { Edit } from "./drafts";
import { openRoom, type Model } from "./model";
import { nameOf, placeName } from "./names";
import { isInForce, standingSentence } from "./standing";

/** What the composer is told of the room that is open. */
export function composerView(model: Model, nowMs: number): ComposerView {
	return {
		limits: model.limits,
		placeholder: model.isLoaded ? l10n.t("Message {0}", placeName(model)) : "",
		refusal: refusalOf(model, nowMs),
	};
}

/** The last own message of the window, to be given another text. */
export function lastOwnMessage({ entries, features }: Model): Edit | undefined {
	for (let index = features.posts ? entries.length - 1 : -1; index >= 0; index--) {
		const entry = entries[index];
		if (entry?.kind === "message" && entry.isOwn && entry.post !== undefined) {
			const { text, post } = entry;
			if (post.gone === undefined) {
				return { seq: post.seq, text, original: text };
			}
		}
	}
	return undefined;
}

/** Why nothing can be written; empty while something can. */
function refusalOf(model: Model, nowMs: number): string {
	const { standing, people } = model;
	if (standing !== undefined && isInForce(standing, nowMs)) {
		const by = standing.by === undefined ? undefined : nameOf(people, standing.by);
		return standingSentence(standing, by, nowMs);
	}
	return openRoom(model)?.isArchived === true
		? l10n.t("This room is archived: it can be read, but nothing can be written.")
		: "";
}
