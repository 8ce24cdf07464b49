import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit/html.js";
import type { Edge } from "../../shared/chat";
import { formatParts } from "../ui/formatParts";
import { openRoom, type Model } from "../model/model";
import { isolated, openRoomName } from "../people/names";

/** What stands above the first entry: while it may change, one line high, so that nothing moves. */
export function renderOlderEdge(
	edge: Edge,
	beginning: RoomBeginning,
	load: () => void,
): TemplateResult {
	if (edge === "none") {
		const { sentence, name } = beginning;
		return html`<p class="log-edge beginning" title=${sentence.replace("{0}", () => name)}>
			${formatParts(sentence, isolated(name))}
		</p>`;
	}
	return renderLoad(
		edge,
		l10n.t("Load earlier messages"),
		l10n.t("Loading earlier messages…"),
		load,
	);
}

/** What stands in a room whose messages are on their way; seen only where that takes a while. */
export function renderLoadingMessages(): TemplateResult {
	return html`<p class="log-edge coming">${l10n.t("Loading messages…")}</p>`;
}

/** What is said above the first message of all; the name stands in the place of `{0}`. */
export interface RoomBeginning {
	readonly sentence: string;
	readonly name: string;
	/** Who can read what is said here, where that is not everybody. */
	readonly privacy: string;
}

export function roomBeginningOf(model: Model): RoomBeginning {
	const kind = openRoom(model)?.kind;
	return {
		name: openRoomName(model),
		sentence:
			kind === "direct"
				? l10n.t("This is the beginning of what you and {0} said.")
				: l10n.t("This is the beginning of {0}."),
		privacy: kind === "private" ? privacyNote() : kind === "direct" ? directNote() : "",
	};
}

/** What is promised in a conversation of two, and what is not. */
export function directNote(): string {
	return l10n.t(
		"Only the two of you see this. Whoever operates the server or owns the database can read it too.",
	);
}

/** What is promised in a private room, and what is not. */
export function privacyNote(): string {
	return l10n.t(
		"Only members see this room. Whoever operates the server or owns the database can read it too.",
	);
}

/** What stands below the last entry; nothing if that was said last. */
export function renderNewerEdge(edge: Edge, load: () => void): TemplateResult | typeof nothing {
	return edge === "none"
		? nothing
		: renderLoad(edge, l10n.t("Load newer messages"), l10n.t("Loading newer messages…"), load);
}

/** One button for both, so that whoever pressed it keeps the focus. */
function renderLoad(
	edge: "more" | "loading",
	label: string,
	loading: string,
	load: () => void,
): TemplateResult {
	const isLoading = edge === "loading";
	return html`<p class="log-edge">
		<button
			class="ui-link ${isLoading ? "loading" : ""}"
			type="button"
			title=${isLoading ? loading : label}
			aria-disabled=${isLoading}
			@click=${isLoading ? nothing : load}
		>
			${isLoading ? loading : label}
		</button>
	</p>`;
}
