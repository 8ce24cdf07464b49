import { html, type TemplateResult } from "lit/html.js";

/** Renders an action that looks like a link, as in VS Code's own views. */
export function linkButton(label: string, onClick: () => void): TemplateResult {
	return html`<button class="ui-link" type="button" @click=${onClick}>${label}</button>`;
}
