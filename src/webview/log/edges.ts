import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit/html.js";
import type { Edge } from "../../shared/chat";
import { formatParts } from "../ui/formatParts";
import { openRoom, type Model } from "../model/model";
import { isolated, openRoomName } from "../people/names";
import { directNote, privacyNote } from "../rooms/privacyNote";

/** Renders the line above the first entry. It keeps its height while messages load, so nothing moves. */
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

/** Renders the line of a room whose messages are loading. The style shows it after a delay. */
export function renderLoadingMessages(): TemplateResult {
	return html`<p class="log-edge coming">${l10n.t("Loading messages…")}</p>`;
}

/** The sentence above the first message of a room; the name replaces `{0}`. */
export interface RoomBeginning {
	readonly sentence: string;
	readonly name: string;
	/** The note about who can read the room; empty for a public room. */
	readonly privacy: string;
}

/** Returns the sentences above the first message of the open room. */
export function roomBeginningOf(model: Model): RoomBeginning {
	const kind = openRoom(model)?.kind;
	return {
		name: openRoomName(model),
		sentence:
			kind === "direct"
				? l10n.t("This is the beginning of your conversation with {0}.")
				: l10n.t("This is the beginning of {0}."),
		privacy: kind === "private" ? privacyNote() : kind === "direct" ? directNote() : "",
	};
}

/** Renders the line below the last entry; nothing if that is the latest one. */
export function renderNewerEdge(edge: Edge, load: () => void): TemplateResult | typeof nothing {
	return edge === "none"
		? nothing
		: renderLoad(edge, l10n.t("Load newer messages"), l10n.t("Loading newer messages…"), load);
}

/** Renders one button for both states, so that it keeps the focus. */
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
