import * as l10n from "@vscode/l10n";
import type { ComposerView } from "./port";
import type { Edit } from "../model/viewState";
import { openRoom, shownEntries, type Model } from "../model/model";
import { nameOf, openRoomName } from "../people/names";
import { isInForce, ownSanctionSentence } from "../people/sanctions";

/** Returns the composer's view of the open room. */
export function composerView(model: Model, nowMs: number): ComposerView {
	return {
		isReady: model.isLoaded,
		limits: model.limits,
		placeholder: model.isLoaded ? l10n.t("Message {0}", openRoomName(model)) : "",
		refusal: refusalOf(model, nowMs),
	};
}

/**
 * Returns the last own message of the view range for an edit; `undefined` while a newer one is pending,
 * since the user means that one and it can't be changed yet.
 */
export function lastOwnMessage(model: Model): Edit | undefined {
	const entries = model.features.posts ? shownEntries(model) : [];
	for (const entry of entries.toReversed()) {
		if (entry.kind === "message" && entry.isOwn) {
			const { text, post, state } = entry;
			if (state.kind === "pending" || state.kind === "unknown") {
				return undefined;
			}
			if (post !== undefined && post.gone === undefined) {
				return { seq: post.seq, text, original: text };
			}
		}
	}
	return undefined;
}

/** Returns the reason why nothing can be written; empty if writing is possible. */
function refusalOf(model: Model, nowMs: number): string {
	const { ownSanction, people } = model;
	if (ownSanction !== undefined && isInForce(ownSanction, nowMs)) {
		const by = ownSanction.by === undefined ? undefined : nameOf(people, ownSanction.by);
		return ownSanctionSentence(ownSanction, by, nowMs);
	}
	return openRoom(model)?.isArchived === true
		? l10n.t("This room is archived: it can be read, but nothing can be written.")
		: "";
}
