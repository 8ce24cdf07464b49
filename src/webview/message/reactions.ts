import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit/html.js";
import type { Reaction } from "../../shared/room";
import { displayLanguage } from "../ui/displayLanguage";

/** Returns the names behind a reaction; `names` are those of other people. */
export function reactorNames(reaction: Reaction, names: readonly string[]): string {
	const all = reaction.isOwn ? [l10n.t("You"), ...names] : [...names];
	const others = reaction.count - all.length;
	const list = new Intl.ListFormat(displayLanguage(), { type: "unit" }).format(all);
	return others > 0 ? l10n.t("{0} and {1} more", list, others) : list;
}

/** Renders the reactions below a message. A press adds or removes the own one. */
export function renderReactions(
	reactions: readonly Reaction[],
	names: readonly string[],
	canReact: boolean,
	toggle: (reaction: Reaction) => void,
	add: (anchor: HTMLElement) => void,
): TemplateResult | typeof nothing {
	if (reactions.length === 0) {
		return nothing;
	}
	return html`<div class="message-reactions" role="group" aria-label=${l10n.t("Reactions")}>
		${reactions.map(
			(reaction, index) =>
				html`<button
					class="message-reaction"
					type="button"
					aria-pressed=${reaction.isOwn}
					aria-disabled=${canReact ? nothing : "true"}
					aria-label=${l10n.t("{0} {1}: {2}", reaction.emoji, reaction.count, names[index] ?? "")}
					title=${names[index] ?? nothing}
					@click=${canReact ? () => toggle(reaction) : nothing}
				>
					<span>${reaction.emoji}</span> <span class="ui-count">${reaction.count}</span>
				</button>`,
		)}${
			canReact
				? html`<button
						class="message-reaction add"
						type="button"
						aria-haspopup="dialog"
						aria-expanded="false"
						aria-label=${l10n.t("Add Reaction")}
						title=${l10n.t("Add Reaction")}
						@click=${({ currentTarget }: Event) => add(currentTarget as HTMLElement)}
					>
						<span class="codicon codicon-smiley" aria-hidden="true"></span>
					</button>`
				: nothing
		}
	</div>`;
}
