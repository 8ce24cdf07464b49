import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit/html.js";
import type { Draft } from "../model/viewState";
import { formatParts } from "../ui/formatParts";
import { isolated } from "../people/names";
import type { ComposerPort } from "./port";

/** What was typed is sent as an answer, or in the place of an own message: a line that says so. */
export function renderContextBar(
	{ reply, edit }: Draft,
	{ nameOf }: Pick<ComposerPort, "nameOf">,
	drop: () => void,
): TemplateResult | typeof nothing {
	if (edit !== undefined) {
		return renderLine(
			"edit",
			l10n.t("Editing your message"),
			l10n.t("Cancel Editing (Escape)"),
			drop,
			l10n.t("Editing your message"),
		);
	}
	if (reply === undefined) {
		return nothing;
	}
	const author = nameOf(reply.sender);
	const sentence = l10n.t("Replying to {0}: {1}", author, reply.excerpt);
	return renderLine(
		"reply",
		formatParts(l10n.t("Replying to {0}: {1}"), isolated(author), isolated(reply.excerpt)),
		l10n.t("Cancel Reply (Escape)"),
		drop,
		sentence,
	);
}

function renderLine(
	icon: string,
	sentence: unknown,
	label: string,
	drop: () => void,
	title: string,
): TemplateResult {
	return html`<div class="bar">
		<span class="codicon codicon-${icon}" aria-hidden="true"></span>
		<span class="what" role="status" title=${title}>${sentence}</span>
		<button class="icon" type="button" aria-label=${label} title=${label} @click=${drop}>
			<span class="codicon codicon-close" aria-hidden="true"></span>
		</button>
	</div>`;
}
