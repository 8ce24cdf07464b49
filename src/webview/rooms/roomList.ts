import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit/html.js";
import { plural } from "../../shared/plural";
import type { Room } from "../../shared/room";
import type { Model } from "../model/model";
import { bareName, nameOf, roomName } from "../people/names";
import { shortCount } from "../ui/counts";
import { displayLanguage } from "../ui/displayLanguage";
import { renderFold } from "../ui/fold";
import { renderKind } from "./roomHeader";
import { renderRoomMenu } from "./roomMenu";
import { groupRooms, hasNews } from "./roomOrder";

export interface RoomListView {
	readonly model: Model;
	readonly areMoreShown: boolean;
	readonly areArchivedShown: boolean;
}

export interface RoomListActions {
	readonly enter: (room: Room) => void;
	readonly openMenu: (room: Room, anchor: HTMLElement) => void;
	readonly createRoom: () => void;
	readonly switchRoom: () => void;
	readonly toggleMore: () => void;
	readonly toggleArchived: () => void;
	readonly onKeydown: (event: KeyboardEvent) => void;
}

/** Renders the joined rooms, the direct messages, the other public rooms and the archived ones. */
export function renderRooms(view: RoomListView, actions: RoomListActions): TemplateResult {
	const { model, areMoreShown, areArchivedShown } = view;
	const { rooms, direct, more, archived } = groupRooms(model);
	return html`<section
		id="rooms"
		class="list room-list"
		aria-label=${l10n.t("Rooms")}
		@keydown=${actions.onKeydown}
	>
		<div class="room-tools">
			<button class="room-tool ui-flat" type="button" data-row @click=${actions.createRoom}>
				<span class="codicon codicon-add" aria-hidden="true"></span>
				<span>${l10n.t("New Room…")}</span>
			</button>
			<button class="room-tool ui-flat" type="button" data-row @click=${actions.switchRoom}>
				<span class="codicon codicon-search" aria-hidden="true"></span>
				<span>${l10n.t("Switch Room…")}</span>
			</button>
		</div>
		<h2>${l10n.t("Rooms")}</h2>
		${renderGroup(rooms, l10n.t("Rooms"), model, actions)}
		${
			direct.length === 0
				? nothing
				: html`<h2>${l10n.t("Direct messages")}</h2>
						${renderGroup(direct, l10n.t("Direct messages"), model, actions)}`
		}
		${
			more.length === 0
				? nothing
				: html`${renderFold(
						plural(
							more.length,
							{
								one: l10n.t("{0} more room", more.length),
								other: l10n.t("{0} more rooms", more.length),
							},
							displayLanguage(),
						),
						areMoreShown,
						actions.toggleMore,
					)}${areMoreShown ? renderGroup(more, l10n.t("More rooms"), model, actions) : nothing}`
		}
		${
			archived.length === 0
				? nothing
				: html`${renderFold(
						l10n.t("{0} archived", archived.length),
						areArchivedShown,
						actions.toggleArchived,
					)}${
						areArchivedShown
							? renderGroup(archived, l10n.t("Archived rooms"), model, actions)
							: nothing
					}`
		}
	</section>`;
}

function renderGroup(
	rooms: readonly Room[],
	label: string,
	model: Model,
	actions: RoomListActions,
): TemplateResult {
	return html`<ul role="list" aria-label=${label}>
		${rooms.map((room) => renderRoom(room, model, actions))}
	</ul>`;
}

function renderRoom(room: Room, model: Model, actions: RoomListActions): TemplateResult {
	const name = roomName(room, model);
	const isOpen = room.id === model.roomId;
	const last = lastLine(room, model);
	return html`<li
		class="${isOpen ? "current" : ""} ${hasNews(room) && !isOpen ? "unread" : ""} ${
			room.isMuted ? "muted" : ""
		}"
	>
		<button
			class="room-enter"
			type="button"
			data-row
			aria-current=${isOpen ? "true" : nothing}
			title=${last === "" ? name : `${name}\n${last}`}
			@click=${() => actions.enter(room)}
		>
			<span class="room-line">
				${renderKind(room, model)} <bdi class="room-name">${bareName(room, model)}</bdi>
				${
					room.isMuted
						? html`<span
								class="codicon codicon-bell-slash"
								role="img"
								aria-label=${l10n.t("Muted")}
								title=${l10n.t("Muted")}
							></span>`
						: nothing
				}
				${isOpen ? nothing : renderCounts(room)}
			</span>
			${last === "" ? nothing : html`<span class="room-last">${last}</span>`}
		</button>
		${renderRoomMenu(room, model, actions.openMenu)}
	</li>`;
}

function renderCounts({ unread, mentions, isMuted }: Room): unknown {
	if (mentions > 0) {
		return html`<span
			class="ui-count mentions"
			role="img"
			aria-label=${l10n.t("{0} unread, {1} for you", Math.max(unread, mentions), mentions)}
			title=${l10n.t("{0} unread, {1} for you", Math.max(unread, mentions), mentions)}
			>${shortCount(mentions)}</span
		>`;
	}
	return unread === 0 || isMuted
		? nothing
		: html`<span
				class="ui-count"
				role="img"
				aria-label=${l10n.t("{0} unread", unread)}
				title=${l10n.t("{0} unread", unread)}
				>${shortCount(unread)}</span
			>`;
}

/** Returns the excerpt of the last message, with its author in a room of several people. */
function lastLine(room: Room, model: Model): string {
	const { last } = room;
	if (last === undefined) {
		return room.topic;
	}
	if (last.sender === model.me) {
		return l10n.t("You: {0}", last.excerpt);
	}
	return room.kind === "direct"
		? last.excerpt
		: l10n.t("{0}: {1}", nameOf(model.people, last.sender), last.excerpt);
}
