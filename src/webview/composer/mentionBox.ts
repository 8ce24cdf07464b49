import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit/html.js";
import type { Person } from "../../shared/person";
import { presenceOf, renderPresence } from "../people/presence";
import { initialOf, toneOf } from "../people/names";
import { queryAt, type MentionList, type MentionQuery } from "./mentions";

const LIST_ID = "mentions";

/** ARIA's element reflection, by which a field in a shadow can point at the list outside of it. */
interface Pointing {
	ariaActiveDescendantElement?: Element | null;
	ariaControlsElements?: readonly Element[] | null;
}

/** The names that complete an `@`. The focus stays in the text; see ARIA's practice for text areas. */
export class MentionBox {
	readonly #candidates: (query: string) => readonly Person[];
	#list: MentionList | undefined;
	/** Where an `@` stands that one wants no list for, or was given a name already. */
	#dismissed: number | undefined;

	constructor(candidates: (query: string) => readonly Person[]) {
		this.#candidates = candidates;
	}

	get isOpen(): boolean {
		return this.#list !== undefined;
	}

	/** Looks at what stands before the caret. */
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

	/** What a key does with the list: `take` asks for the name that is active. */
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

	/** Takes a name and closes the list. */
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

	/** Lets a screen reader follow the list from the text area that has the focus. */
	point(control: HTMLTextAreaElement | undefined, root: HTMLElement): void {
		if (control === undefined) {
			return;
		}
		const list = root.querySelector(`#${LIST_ID}`);
		const active = list?.querySelector("[aria-selected=true]") ?? null;
		control.setAttribute("aria-autocomplete", "list");
		control.setAttribute("aria-haspopup", "listbox");
		const pointing = control as Pointing;
		pointing.ariaControlsElements = list === null ? null : [list];
		pointing.ariaActiveDescendantElement = active;
		active?.scrollIntoView({ block: "nearest" });
	}

	/** What a live region says where a browser lets no text area in a shadow point outside of it. */
	spoken(): string {
		const list = this.#list;
		if (list === undefined || canPoint()) {
			return "";
		}
		return l10n.t(
			"{0}, {1} of {2}",
			list.people[list.active]?.name ?? "",
			list.active + 1,
			list.people.length,
		);
	}

	/** Closes the list for the `@` that it is for. */
	#dismiss(): void {
		this.#dismissed = this.#list?.query.from;
		this.#list = undefined;
	}
}

/** Since Chromium 135. */
function canPoint(): boolean {
	return "ariaActiveDescendantElement" in Element.prototype;
}
