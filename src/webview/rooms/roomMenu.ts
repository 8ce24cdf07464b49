import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit/html.js";
import type { Room } from "../../shared/room";
import { ownRole } from "../people/permissions";
import type { Model } from "../model/model";
import { roomName } from "../people/names";
import { keepFocus } from "../ui/popup";
import { roomActions } from "./roomPermissions";

/** Renders the button that opens the menu of a room; nothing if no action is permitted. */
export function renderRoomMenu(
	room: Room,
	model: Model,
	open: (room: Room, anchor: HTMLElement) => void,
): TemplateResult | typeof nothing {
	if (roomActions(room, ownRole(model)).length === 0) {
		return nothing;
	}
	const label = l10n.t("Actions for {0}", roomName(room, model));
	return html`<button
		class="ui-icon ui-flat ui-more"
		type="button"
		aria-haspopup="menu"
		aria-expanded="false"
		aria-label=${label}
		title=${label}
		@mousedown=${keepFocus}
		@click=${(event: Event) => open(room, event.currentTarget as HTMLElement)}
	>
		<span class="codicon codicon-ellipsis" aria-hidden="true"></span>
	</button>`;
}
