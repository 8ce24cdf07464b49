import * as l10n from "@vscode/l10n";
import { html, type TemplateResult } from "lit/html.js";
import { displayName, type Person } from "../../shared/person";
import type { Room } from "../../shared/room";
import { openRoom, type Model } from "../model/model";

/** The number of `.avatar-tone-N` classes in people.css. */
const TONE_COUNT = 8;

/** Returns the name to show for a sender; a sender without a row is "unknown". */
export function nameOf(people: ReadonlyMap<string, Person>, identity: string): string {
	return displayName(people.get(identity), l10n.t("unknown"));
}

/** Returns the identity of the other person in a direct message. */
export function otherOf({ members }: Room, me: string | undefined): string {
	return members.find((identity) => identity !== me) ?? members[0] ?? "";
}

/** Returns a room's name without a sign before it; for a direct message the other person's name. */
export function bareName(room: Room | undefined, model: Model): string {
	if (room?.kind === "direct") {
		return nameOf(model.people, otherOf(room, model.me));
	}
	return room === undefined || room.name === "" ? model.address.database : room.name;
}

/** Returns the name of a room in a sentence. */
export function roomName(room: Room | undefined, model: Model): string {
	const bare = bareName(room, model);
	return room?.kind === "public" && room.name !== "" ? `#${bare}` : bare;
}

/** Returns the name of the open room in a sentence. */
export function openRoomName(model: Model): string {
	return roomName(openRoom(model), model);
}

/** Renders a name in its own element, so that its direction can't affect the text around it. */
export function isolated(name: string): TemplateResult {
	return html`<bdi>${name}</bdi>`;
}

/** Returns the number of the colour class of an identity, always the same for the same person. */
export function toneOf(identity: string): number {
	let hash = 0;
	for (let index = 0; index < identity.length; index++) {
		hash = (Math.imul(hash, 31) + identity.charCodeAt(index)) >>> 0;
	}
	// The low bits alone are badly mixed.
	return ((hash ^ (hash >>> 13) ^ (hash >>> 22)) >>> 0) % TONE_COUNT;
}

/** Returns the first visible character of a name in upper case, for the avatar. */
export function initialOf(name: string): string {
	const [first = "?"] = name.trim();
	const [initial = first] = first.toLocaleUpperCase();
	return initial;
}
