import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit/html.js";
import { displayName, type Person } from "../shared/person";
import type { Model } from "./model";
import { initialOf, toneOf } from "./names";

/** Rows of one list; a public database may know ten thousand people. */
const MAX_SHOWN = 200;

export interface PeopleActions {
	readonly toggle: () => void;
	readonly toggleOffline: () => void;
}

export interface PeopleView {
	readonly model: Model;
	readonly isOpen: boolean;
	readonly areOfflineShown: boolean;
}

/** Those of one kind by name, oneself first. */
function sortPeople(people: Iterable<Person>, isOnline: boolean, me?: string): Person[] {
	const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
	return [...people]
		.filter((person) => person.isOnline === isOnline)
		.map((person) => ({ person, name: displayName(person), isMe: person.identity === me }))
		.sort((a, b) => Number(b.isMe) - Number(a.isMe) || collator.compare(a.name, b.name))
		.map(({ person }) => person);
}

/** The line at the top: where one is, and the button that tells and shows who else is there. */
export function renderHeader(view: PeopleView, actions: PeopleActions): TemplateResult {
	const { place, connection, people } = view.model;
	const room = `# ${place.room === "" ? place.database : place.room}`;
	let count = 0;
	for (const person of people.values()) {
		count += Number(person.isOnline);
	}
	const isOnline = connection.kind === "online";
	return html`<div class="room">
		<h1 title=${`${room} · ${place.server}`}><bdi>${room}</bdi></h1>
		<button
			class="who"
			type="button"
			aria-expanded=${view.isOpen}
			aria-controls="people"
			title=${view.isOpen ? l10n.t("Hide People") : l10n.t("Show People")}
			@click=${actions.toggle}
		>
			<span class="dot ${isOnline ? "" : "off"}" aria-hidden="true"></span>
			<span>${isOnline ? l10n.t("{0} online", count) : l10n.t("offline")}</span>
		</button>
	</div>`;
}

/** Who is here, and who else was; nothing while it is closed. */
export function renderPeople(
	view: PeopleView,
	actions: PeopleActions,
): TemplateResult | typeof nothing {
	if (!view.isOpen) {
		return nothing;
	}
	const { model, areOfflineShown } = view;
	const online = sortPeople(model.people.values(), true, model.me);
	const offline = sortPeople(model.people.values(), false, model.me);
	const onKeydown = (event: KeyboardEvent): void => {
		if (event.key === "Escape") {
			event.stopPropagation();
			actions.toggle();
		}
	};
	return html`<section
		id="people"
		class="people"
		aria-label=${l10n.t("People")}
		tabindex="0"
		@keydown=${onKeydown}
	>
		${
			model.connection.kind === "online"
				? nothing
				: html`<p class="stale">${l10n.t("As it was when the connection was last up.")}</p>`
		}
		<ul role="list" aria-label=${l10n.t("People online")}>
			${online.slice(0, MAX_SHOWN).map((person) => renderPerson(person, model.me))}
		</ul>
		${renderRest(online.length)}
		${
			offline.length === 0
				? nothing
				: html`<button
							class="fold"
							type="button"
							aria-expanded=${areOfflineShown}
							@click=${actions.toggleOffline}
						>
							<span
								class="codicon codicon-chevron-${areOfflineShown ? "down" : "right"}"
								aria-hidden="true"
							></span>
							${l10n.t("{0} offline", offline.length)}
						</button>
						${
							areOfflineShown
								? html`<ul role="list" class="away" aria-label=${l10n.t("People offline")}>
											${offline.slice(0, MAX_SHOWN).map((person) => renderPerson(person, model.me))}
										</ul>
										${renderRest(offline.length)}`
								: nothing
						}`
		}
	</section>`;
}

function renderPerson(person: Person, me?: string): TemplateResult {
	const name = displayName(person);
	const isMe = person.identity === me;
	return html`<li title=${`${name} · ${person.identity}`}>
		<span class="mark tone-${toneOf(person.identity)}" aria-hidden="true">${initialOf(name)}</span>
		<bdi class="name">${name}</bdi>
		${isMe ? html`<span class="you">${l10n.t("You")}</span>` : nothing}
	</li>`;
}

function renderRest(count: number): TemplateResult | typeof nothing {
	return count > MAX_SHOWN
		? html`<p class="stale">${l10n.t("and {0} more", count - MAX_SHOWN)}</p>`
		: nothing;
}
