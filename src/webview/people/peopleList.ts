import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit/html.js";
import { displayName, type Person } from "../../shared/person";
import { ago, exactTime } from "../ui/formatTime";
import { renderFold } from "../ui/fold";
import { openRoom, type Model } from "../model/model";
import { initialOf, toneOf } from "./names";
import { compareNames } from "../ui/compareNames";
import { keepFocus } from "../ui/popup";
import { presenceOf, renderBadges, renderPresence, statusOf, statusTitle } from "./presence";

/** The most rows of one list; a public database may have ten thousand people. */
const MAX_SHOWN = 200;

export interface PeopleActions {
	readonly toggleOffline: () => void;
	readonly openMenu: (person: Person, anchor: HTMLElement) => void;
	readonly onKeydown: (event: KeyboardEvent) => void;
}

export interface PeopleView {
	readonly model: Model;
	readonly areOfflineShown: boolean;
	readonly nowMs: number;
}

/** The groups of the people list, each by name with the user first. */
interface PeopleGroups {
	/** The members of a private room or a direct message. All other people follow. */
	readonly members: readonly Person[];
	readonly online: readonly Person[];
	readonly offline: readonly Person[];
}

function groupPeople(model: Model): PeopleGroups {
	const room = openRoom(model);
	const inside = new Set(room === undefined || room.kind === "public" ? [] : room.members);
	const sorted = [...model.people.values()]
		.map((person) => ({
			person,
			name: displayName(person),
			rank: Number(person.identity === model.me) * 2 + Number(person.isOnline),
		}))
		.sort((a, b) => b.rank - a.rank || compareNames(a.name, b.name))
		.map(({ person }) => person);
	const others = sorted.filter(({ identity }) => !inside.has(identity));
	return {
		members: sorted.filter(({ identity }) => inside.has(identity)),
		online: others.filter((person) => person.isOnline),
		offline: others.filter((person) => !person.isOnline),
	};
}

/** Renders the members, the people online and the people offline. */
export function renderPeople(view: PeopleView, actions: PeopleActions): TemplateResult {
	const { model, areOfflineShown } = view;
	const { members, online, offline } = groupPeople(model);
	return html`<section
		id="people"
		class="list person-list"
		aria-label=${l10n.t("People")}
		tabindex="0"
		@keydown=${actions.onKeydown}
	>
		${
			model.connection.kind === "online"
				? nothing
				: html`<p class="list-note">${l10n.t("This list is from the last connection.")}</p>`
		}
		${
			members.length === 0
				? nothing
				: html`<h2>${l10n.t("Members")}</h2>
						${renderList(members, l10n.t("Members"), "", view, actions)}
						${online.length + offline.length === 0 ? nothing : html`<h2>${l10n.t("Others")}</h2>`}`
		}
		${
			members.length > 0 && online.length === 0
				? nothing
				: renderList(online, l10n.t("People online"), "", view, actions)
		}
		${
			offline.length === 0
				? nothing
				: html`${renderFold(
						l10n.t("{0} offline", offline.length),
						areOfflineShown,
						actions.toggleOffline,
					)}${
						areOfflineShown
							? renderList(offline, l10n.t("People offline"), "person-gone", view, actions)
							: nothing
					}`
		}
	</section>`;
}

function renderList(
	people: readonly Person[],
	label: string,
	className: string,
	view: PeopleView,
	actions: PeopleActions,
): unknown {
	return html`<ul role="list" class=${className} aria-label=${label}>
			${people.slice(0, MAX_SHOWN).map((person) => renderPerson(person, view, actions))}
		</ul>
		${
			people.length > MAX_SHOWN
				? html`<p class="list-note">${l10n.t("and {0} more", people.length - MAX_SHOWN)}</p>`
				: nothing
		}`;
}

function renderPerson(
	person: Person,
	{ model, nowMs }: PeopleView,
	actions: PeopleActions,
): TemplateResult {
	const name = displayName(person);
	const isMe = person.identity === model.me;
	const hasStatuses = model.features.statuses;
	const status = statusOf(person, nowMs);
	const menu = l10n.t("Actions for {0}", name);
	return html`<li title=${`${name} · ${person.identity}`}>
		<span class="person-face"
			><span class="avatar avatar-tone-${toneOf(person.identity)}" aria-hidden="true"
				>${initialOf(name)}</span
			>${hasStatuses ? renderPresence(presenceOf(person)) : nothing}</span
		>
		<span class="person-line">
			<bdi class="person-name">${name}</bdi>
			${isMe ? html`<span class="person-you">${l10n.t("You")}</span>` : nothing}
			${renderBadges(person, nowMs)}
			${
				status === undefined
					? nothing
					: html`<span class="person-status" title=${statusTitle(person, nowMs)}
							>${status.emoji} ${status.text}</span
						>`
			}
		</span>
		${
			person.isOnline || person.lastSeenMs === undefined
				? nothing
				: html`<time title=${l10n.t("Last seen {0}", exactTime(person.lastSeenMs))}
						>${ago(person.lastSeenMs, nowMs)}</time
					>`
		}
		<button
			class="ui-icon ui-flat ui-more"
			type="button"
			data-row
			aria-haspopup="menu"
			aria-expanded="false"
			aria-label=${menu}
			title=${menu}
			@mousedown=${keepFocus}
			@click=${(event: Event) => actions.openMenu(person, event.currentTarget as HTMLElement)}
		>
			<span class="codicon codicon-ellipsis" aria-hidden="true"></span>
		</button>
	</li>`;
}
