import { html, type TemplateResult } from "lit/html.js";

/** Renders the button that shows or hides the part of a list below it. */
export function renderFold(label: string, isOpen: boolean, toggle: () => void): TemplateResult {
	return html`<button
		class="list-fold ui-flat"
		type="button"
		data-row
		aria-expanded=${isOpen}
		@click=${toggle}
	>
		<span class="codicon codicon-chevron-${isOpen ? "down" : "right"}" aria-hidden="true"></span>
		${label}
	</button>`;
}
