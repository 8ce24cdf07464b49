import * as l10n from "@vscode/l10n";
import { guard } from "lit/directives/guard.js";
import { html, nothing, render } from "lit/html.js";
import { displayName, type Person } from "../../shared/person";
import type { Room } from "../../shared/room";
import { renderBanner } from "./banner";
import { ownRole, personActions, permissionsOf } from "../people/permissions";
import type { ViewState } from "../model/viewState";
import { emptyStateOf, showsTrouble } from "../log/emptyState";
import type { Post } from "../model/host";
import { personActionLabel, roomActionLabel } from "../ui/actionLabels";
import { EMPTY_MODEL, targetFor, type Model } from "../model/model";
import { roomName } from "../people/names";
import { renderPeople } from "../people/peopleList";
import { menuStep, type MenuItem, type Popup } from "../ui/popup";
import { roomActions } from "../rooms/roomPermissions";
import { renderHeader } from "../rooms/roomHeader";
import { renderRooms } from "../rooms/roomList";

export interface PanelHeaderPort {
	readonly post: Post;
	readonly popup: Popup;
	readonly viewState: ViewState;
	/** Draws the whole panel, since a list takes space from the log. */
	readonly draw: () => void;
	enterRoom(room: number): void;
}

type List = "rooms" | "people";

/** Relative times in the lists change once a minute. */
const MINUTE_MS = 60_000;

/** The header of the panel: the open room, the banner, and the one list that may be open. */
export class PanelHeader {
	readonly element = document.createElement("div");
	readonly #port: PanelHeaderPort;
	#model: Model = EMPTY_MODEL;

	constructor(port: PanelHeaderPort) {
		this.#port = port;
		this.element.className = "panel-header";
	}

	/** Opens a list and closes the other one, or closes the open one. */
	toggle(list: List): void {
		const { viewState, draw } = this.#port;
		const isOpening = viewState.state.openList !== list;
		// Closing a list moves its focus to the button that opens it.
		const hadFocus = this.element.querySelector(".list")?.contains(document.activeElement) === true;
		viewState.update({ openList: isOpening ? list : "none" });
		draw();
		if (isOpening && list === "rooms") {
			const rows = this.element.querySelectorAll<HTMLElement>("#rooms .room-enter");
			const current = [...rows].find((row) => row.hasAttribute("aria-current"));
			(current ?? rows[0])?.focus();
		} else if (!isOpening && hadFocus) {
			this.element
				.querySelector<HTMLElement>(list === "rooms" ? ".room-switch" : ".room-online")
				?.focus();
		}
	}

	draw(model: Model, nowMs: number): void {
		this.#model = model;
		const { state } = this.#port.viewState;
		const { people, rooms, roomId, connection, address, me, features, ownSanction } = model;
		const openList = state.openList === "rooms" && !features.rooms ? "none" : state.openList;
		const minute = Math.floor(nowMs / MINUTE_MS);
		// Sorting thousands of people is only necessary when one of them has changed.
		const values = [people, rooms, roomId, connection, address, me, features, ownSanction, minute];
		render(
			model.isLoaded
				? html`${guard([...values, openList], () =>
						renderHeader(
							{ model, openList, nowMs },
							{
								toggleRooms: () => this.toggle("rooms"),
								togglePeople: () => this.toggle("people"),
								openMenu: this.#openRoomMenu,
							},
						),
					)}${
						showsTrouble(emptyStateOf(model))
							? nothing
							: renderBanner({ connection, server: address.server, nowMs }, this.#port.post)
					}${guard(
						[
							...[...values, openList],
							...[state.areOfflineShown, state.areMoreShown, state.areArchivedShown],
						],
						() => this.#renderList(openList, nowMs),
					)}`
				: nothing,
			this.element,
		);
	}

	#renderList(list: List | "none", nowMs: number): unknown {
		const model = this.#model;
		const { post, viewState } = this.#port;
		const { areOfflineShown, areMoreShown, areArchivedShown } = viewState.state;
		const onKeydown = (event: KeyboardEvent): void => this.#onListKey(event);
		switch (list) {
			case "none":
				return nothing;
			case "people":
				return renderPeople(
					{ model, areOfflineShown, nowMs },
					{
						toggleOffline: () => this.#update({ areOfflineShown: !areOfflineShown }),
						openMenu: this.#openPersonMenu,
						onKeydown,
					},
				);
			case "rooms":
				return renderRooms(
					{ model, areMoreShown, areArchivedShown },
					{
						enter: ({ id }) => {
							this.toggle("rooms");
							this.#port.enterRoom(id);
						},
						openMenu: this.#openRoomMenu,
						createRoom: () => post({ type: "command", command: "createRoom" }),
						switchRoom: () => post({ type: "command", command: "switchRoom" }),
						toggleMore: () => this.#update({ areMoreShown: !areMoreShown }),
						toggleArchived: () => this.#update({ areArchivedShown: !areArchivedShown }),
						onKeydown,
					},
				);
		}
	}

	#update(change: Parameters<ViewState["update"]>[0]): void {
		this.#port.viewState.update(change);
		this.#port.draw();
	}

	/** Moves through the rows with the arrow keys, and closes the list with Escape. */
	#onListKey(event: KeyboardEvent): void {
		const { openList } = this.#port.viewState.state;
		if (event.key === "Escape" && openList !== "none") {
			event.preventDefault();
			event.stopPropagation();
			this.toggle(openList);
			return;
		}
		const rows = [...this.element.querySelectorAll<HTMLElement>(".list [data-row]")];
		const at = rows.indexOf(document.activeElement as HTMLElement);
		const isPlain = !event.altKey && !event.ctrlKey && !event.metaKey;
		const next = isPlain ? menuStep(event.key, at, rows.length) : undefined;
		if (next !== undefined && at !== -1) {
			event.preventDefault();
			rows[next]?.focus();
		}
	}

	readonly #openRoomMenu = (room: Room, anchor: HTMLElement): void => {
		const { popup, post } = this.#port;
		const role = ownRole(this.#model);
		popup.menu(
			anchor,
			l10n.t("Actions for {0}", roomName(room, this.#model)),
			roomActions(room, role).map((action): MenuItem => ({
				...roomActionLabel(action),
				isApart: action === "leave",
				run: () => post({ type: "roomAction", action, target: targetFor(this.#model, room.id) }),
			})),
		);
	};

	readonly #openPersonMenu = (person: Person, anchor: HTMLElement): void => {
		const { popup, post } = this.#port;
		const { identity } = person;
		const permissions = permissionsOf(this.#model, Date.now());
		const own: readonly MenuItem[] =
			identity === this.#model.me
				? [
						...(this.#model.features.statuses
							? [
									{
										label: l10n.t("Set Status…"),
										icon: "smiley",
										run: () => post({ type: "command", command: "setStatus" }),
									},
								]
							: []),
						{
							label: l10n.t("Set Name…"),
							icon: "edit",
							run: () => post({ type: "command", command: "setName" }),
						},
					]
				: [];
		const { database } = this.#model.target;
		const actions = personActions(person, permissions).map((action): MenuItem => ({
			...personActionLabel(action),
			isApart: action === "timeOut",
			run: () => post({ type: "personAction", action, database, identity }),
		}));
		popup.menu(anchor, l10n.t("Actions for {0}", displayName(person)), [...own, ...actions]);
	};
}
