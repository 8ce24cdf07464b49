import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit/html.js";
import type { Room } from "../../shared/room";
import { privacyNote } from "../log/edges";
import { formatParts } from "../ui/formatParts";
import { openRoom, type Model } from "../model/model";
import { bareName, otherOf, roomName } from "../people/names";
import { presenceOf, renderPresence, statusTitle } from "../people/presence";
import { renderRoomMenu } from "./roomMenu";
import { newElsewhere } from "./roomOrder";

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

/** The line at the top: where one is, the way to other rooms, and the button that tells who is here. */
export function renderHeader(view: HeaderView, actions: HeaderActions): TemplateResult {
	const { model, openList } = view;
	const room = openRoom(model);
	const topic = room === undefined ? "" : topicOf(room, view);
	return html`<div class="room">
		<div class="where">
			${model.features.rooms ? renderSwitch(room, view, actions) : renderTitle(room, model)}
			${
				model.features.rooms && room !== undefined
					? renderRoomMenu(room, model, actions.openMenu)
					: nothing
			}
			<button
				class="who"
				type="button"
				aria-expanded=${openList === "people"}
				aria-controls="people"
				title=${openList === "people" ? l10n.t("Hide People") : l10n.t("Show People")}
				@click=${actions.togglePeople}
			>
				${renderCount(model)}
			</button>
		</div>
		${topic === "" ? nothing : html`<p class="topic" title=${topic}>${topic}</p>`}
	</div>`;
}

/** The sign before a room's name: what kind of room it is. */
export function renderKind(room: Room | undefined, model: Model): TemplateResult {
	switch (room?.kind) {
		case "private":
			return html`<span
				class="kind codicon codicon-lock"
				role="img"
				aria-label=${l10n.t("Private room.")}
				title=${privacyNote()}
			></span>`;
		case "direct":
			return html`<span class="kind"
				>${renderPresence(presenceOf(model.people.get(otherOf(room, model.me))))}</span
			>`;
		default:
			return html`<span class="kind" aria-hidden="true">#</span>`;
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
			class="switch"
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
							class="count mentions"
							role="img"
							aria-label=${l10n.t("{0} for you in other rooms", mentions)}
							title=${l10n.t("{0} for you in other rooms", mentions)}
							>${mentions > 99 ? "99+" : mentions}</span
						>`
					: unread > 0
						? html`<span
								class="unread-dot"
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
	// A narrow panel shows the number alone.
	const words = formatParts(l10n.t("{0} online"), count).map((piece) =>
		piece === count ? count : html`<span class="word">${piece}</span>`,
	);
	return html`<span class="dot ${isOnline ? "" : "off"}" aria-hidden="true"></span>
		${isOnline ? html`<span>${words}</span>` : html`<span title=${l10n.t("offline")}>${l10n.t("offline")}</span>`}`;
}

function titleOf(room: Room | undefined, model: Model): string {
	return `${roomName(room, model)} · ${model.place.server}`;
}

/** A conversation of two has the other's status in the place of a topic. */
function topicOf(room: Room, { model, nowMs }: HeaderView): string {
	return room.kind === "direct"
		? statusTitle(model.people.get(otherOf(room, model.me)), nowMs)
		: room.topic.replace(/\s+/gu, " ").trim();
}
