import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit/html.js";
import { plural } from "../../shared/plural";
import type { Room } from "../../shared/room";
import { displayLanguage } from "../ui/displayLanguage";
import { formatParts } from "../ui/formatParts";
import { openRoom, type Model } from "../model/model";
import { bareName, otherOf, roomName } from "../people/names";
import { presenceOf, renderPresence, statusTitle } from "../people/presence";
import { privacyNote } from "./privacyNote";
import { renderRoomMenu } from "./roomMenu";
import { newElsewhere } from "./roomOrder";
import { shortCount } from "../ui/counts";

export interface HeaderView {
	readonly model: Model;
	readonly openList: "none" | "rooms" | "people";
	readonly nowMs: number;
}

export interface HeaderActions {
	readonly toggleRooms: () => void;
	readonly togglePeople: () => void;
	readonly openMenu: (room: Room, anchor: HTMLElement) => void;
}

/** Renders the header: the open room, the button to other rooms, and the number of people online. */
export function renderHeader(view: HeaderView, actions: HeaderActions): TemplateResult {
	const { model, openList } = view;
	const room = openRoom(model);
	const topic = room === undefined ? "" : topicOf(room, view);
	return html`<div class="room-header">
		<div class="room-bar">
			${model.features.rooms ? renderSwitch(room, view, actions) : renderTitle(room, model)}
			${
				model.features.rooms && room !== undefined
					? renderRoomMenu(room, model, actions.openMenu)
					: nothing
			}
			<button
				class="room-online ui-flat"
				type="button"
				aria-expanded=${openList === "people"}
				aria-controls="people"
				title=${openList === "people" ? l10n.t("Hide People") : l10n.t("Show People")}
				@click=${actions.togglePeople}
			>
				${renderCount(model)}
			</button>
		</div>
		${topic === "" ? nothing : html`<p class="room-topic" title=${topic}>${topic}</p>`}
	</div>`;
}

/** Renders the sign of a room's kind before its name. */
export function renderKind(room: Room | undefined, model: Model): TemplateResult {
	switch (room?.kind) {
		case "private":
			return html`<span
				class="room-kind codicon codicon-lock"
				role="img"
				aria-label=${l10n.t("Private room.")}
				title=${privacyNote()}
			></span>`;
		case "direct":
			return html`<span class="room-kind"
				>${renderPresence(presenceOf(model.people.get(otherOf(room, model.me))))}</span
			>`;
		default:
			return html`<span class="room-kind" aria-hidden="true">#</span>`;
	}
}

function renderTitle(room: Room | undefined, model: Model): TemplateResult {
	return html`<h1 title=${titleOf(room, model)}>
		${renderKind(room, model)} <bdi>${bareName(room, model)}</bdi>
	</h1>`;
}

function renderSwitch(
	room: Room | undefined,
	{ model, openList }: HeaderView,
	actions: HeaderActions,
): TemplateResult {
	const isOpen = openList === "rooms";
	const { unread, mentions } = newElsewhere(model);
	return html`<h1 title=${titleOf(room, model)}>
		<button
			class="room-switch ui-flat"
			type="button"
			aria-expanded=${isOpen}
			aria-controls="rooms"
			@click=${actions.toggleRooms}
		>
			${renderKind(room, model)} <bdi>${bareName(room, model)}</bdi>
			<span class="codicon codicon-chevron-${isOpen ? "up" : "down"}" aria-hidden="true"></span>
			${
				mentions > 0
					? html`<span
							class="ui-count mentions"
							role="img"
							aria-label=${mentionsElsewhere(mentions)}
							title=${mentionsElsewhere(mentions)}
							>${shortCount(mentions)}</span
						>`
					: unread > 0
						? html`<span
								class="room-unread-dot"
								role="img"
								aria-label=${l10n.t("New messages in other rooms")}
								title=${l10n.t("New messages in other rooms")}
							></span>`
						: nothing
			}
		</button>
	</h1>`;
}

function renderCount({ people, connection }: Model): TemplateResult {
	let count = 0;
	for (const person of people.values()) {
		count += Number(person.isOnline);
	}
	const isOnline = connection.kind === "online";
	// The style hides the words in a narrow panel.
	const words = formatParts(l10n.t("{0} online"), count).map((piece) =>
		piece === count ? count : html`<span class="room-online-word">${piece}</span>`,
	);
	return html`<span class="room-online-dot ${isOnline ? "" : "off"}" aria-hidden="true"></span> ${
			isOnline
				? html`<span>${words}</span>`
				: html`<span title=${l10n.t("offline")}>${l10n.t("offline")}</span>`
		}`;
}

function mentionsElsewhere(count: number): string {
	return plural(
		count,
		{
			one: l10n.t("{0} mention of you in other rooms", count),
			other: l10n.t("{0} mentions of you in other rooms", count),
		},
		displayLanguage(),
	);
}

function titleOf(room: Room | undefined, model: Model): string {
	return `${roomName(room, model)} · ${model.address.server}`;
}

/** Returns the topic of a room; for a direct message the other person's status. */
function topicOf(room: Room, { model, nowMs }: HeaderView): string {
	return room.kind === "direct"
		? statusTitle(model.people.get(otherOf(room, model.me)), nowMs)
		: room.topic.replace(/\s+/gu, " ").trim();
}
