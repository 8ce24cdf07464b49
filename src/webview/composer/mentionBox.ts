import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit/html.js";
import type { Person } from "../../shared/person";
import { presenceOf, renderPresence } from "../people/presence";
import { initialOf, toneOf } from "../people/names";
import { queryAt, type MentionList, type MentionQuery } from "./mentions";

const LIST_ID = "mentions";

/** ARIA's element reflection, by which a field in a shadow tree can refer to a list outside of it. */
interface AriaReferences {
	ariaActiveDescendantElement?: Element | null;
	ariaControlsElements?: readonly Element[] | null;
}

/** The list of names that complete an `@`. The text keeps the focus; see ARIA's practice for text areas. */
export class MentionBox {
	readonly #candidates: (query: string) => readonly Person[];
	#list: MentionList | undefined;
	/** The position of an `@` whose list was closed or whose name was chosen. */
	#dismissed: number | undefined;

	constructor(candidates: (query: string) => readonly Person[]) {
		this.#candidates = candidates;
	}

	get isOpen(): boolean {
		return this.#list !== undefined;
	}

	/** Updates the list for the text before the caret. */
	update(text: string, caret: number | undefined): void {
		const query = caret === undefined ? undefined : queryAt(text, caret);
		if (query === undefined || query.from !== this.#dismissed) {
			this.#dismissed = undefined;
		}
		const people =
			query === undefined || query.from === this.#dismissed ? [] : this.#candidates(query.text);
		const [first] = people;
		if (query === undefined || first === undefined) {
			this.#list = undefined;
			return;
		}
		const before = this.#list?.people[this.#list.active];
		const at = people.findIndex((person) => person.identity === before?.identity);
		const isSame = this.#list?.query.text === query.text;
		this.#list = { query, people, active: isSame ? Math.max(0, at) : 0 };
	}

	close(): void {
		this.#list = undefined;
	}

	/** Handles a key. `take` means that the active name is chosen; `none` that the key is not for the list. */
	press(key: string): "none" | "done" | "take" {
		const list = this.#list;
		if (list === undefined) {
			return "none";
		}
		const count = list.people.length;
		switch (key) {
			case "ArrowDown":
			case "ArrowUp":
				this.#list = {
					...list,
					active: (list.active + (key === "ArrowDown" ? 1 : -1) + count) % count,
				};
				return "done";
			case "Enter":
			case "Tab":
				return "take";
			case "Escape":
				this.#dismiss();
				return "done";
			default:
				return "none";
		}
	}

	/** Returns the chosen name and closes the list. */
	take(index = this.#list?.active): { query: MentionQuery; name: string } | undefined {
		const list = this.#list;
		const name = list?.people[index ?? -1]?.name;
		this.#dismiss();
		return list === undefined || name === undefined ? undefined : { query: list.query, name };
	}

	render(choose: (index: number) => void): TemplateResult | typeof nothing {
		const list = this.#list;
		if (list === undefined) {
			return nothing;
		}
		return html`<div
			id=${LIST_ID}
			class="composer-mentions"
			role="listbox"
			aria-label=${l10n.t("People to mention")}
			@mousedown=${(event: Event) => event.preventDefault()}
		>
			${list.people.map(
				(person, index) =>
					html`<div
						id="mention-${index}"
						class="composer-mention"
						role="option"
						aria-selected=${index === list.active}
						@click=${() => choose(index)}
					>
						<span class="avatar avatar-tone-${toneOf(person.identity)}" aria-hidden="true"
							>${initialOf(person.name ?? "")}</span
						>
						<bdi class="composer-mention-name">${person.name}</bdi>
						${renderPresence(presenceOf(person))}
					</div>`,
			)}
		</div>`;
	}

	/** Refers a screen reader from the focused text area to the list. */
	setAriaReferences(control: HTMLTextAreaElement | undefined, root: HTMLElement): void {
		if (control === undefined) {
			return;
		}
		const list = root.querySelector(`#${LIST_ID}`);
		const active = list?.querySelector("[aria-selected=true]") ?? null;
		control.setAttribute("aria-autocomplete", "list");
		control.setAttribute("aria-haspopup", "listbox");
		const references = control as AriaReferences;
		references.ariaControlsElements = list === null ? null : [list];
		references.ariaActiveDescendantElement = active;
		active?.scrollIntoView({ block: "nearest" });
	}

	/** Returns the text of a live region, for browsers without ARIA's element reflection. */
	spoken(): string {
		const list = this.#list;
		if (list === undefined || hasAriaReflection()) {
			return "";
		}
		return l10n.t(
			"{0}, {1} of {2}",
			list.people[list.active]?.name ?? "",
			list.active + 1,
			list.people.length,
		);
	}

	/** Closes the list, and keeps it closed for this `@`. */
	#dismiss(): void {
		this.#dismissed = this.#list?.query.from;
		this.#list = undefined;
	}
}

/** Returns true if the browser has ARIA's element reflection (Chromium 135). */
function hasAriaReflection(): boolean {
	return "ariaActiveDescendantElement" in Element.prototype;
}
