import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit/html.js";
import type { Draft } from "../model/viewState";
import { formatParts } from "../ui/formatParts";
import { isolated } from "../people/names";
import type { ComposerPort } from "./port";

/** Renders the line above the box while it holds a reply or an edit. */
export function renderContextBar(
	{ reply, edit }: Draft,
	{ nameOf }: Pick<ComposerPort, "nameOf">,
	cancel: () => void,
): TemplateResult | typeof nothing {
	if (edit !== undefined) {
		return renderLine(
			"edit",
			l10n.t("Editing your message"),
			l10n.t("Cancel Editing (Escape)"),
			cancel,
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
		cancel,
		sentence,
	);
}

function renderLine(
	icon: string,
	sentence: unknown,
	label: string,
	cancel: () => void,
	title?: string,
): TemplateResult {
	return html`<div class="composer-bar">
		<span class="codicon codicon-${icon}" aria-hidden="true"></span>
		<span class="composer-bar-text" role="status" title=${title ?? nothing}>${sentence}</span>
		<button
			class="ui-icon ui-flat"
			type="button"
			aria-label=${label}
			title=${label}
			@click=${cancel}
		>
			<span class="codicon codicon-close" aria-hidden="true"></span>
		</button>
	</div>`;
}
