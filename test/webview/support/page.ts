import type { ToWebview } from "../../../src/shared/protocol";
import type { ToHost } from "../../../src/shared/requests";
import { ViewState } from "../../../src/webview/model/viewState";
import { registerCodeBlock } from "../../../src/webview/markdown/codeBlock";
import { registerLongText } from "../../../src/webview/markdown/longText";
import { Panel } from "../../../src/webview/panel";

/** Stands in for the toolkit's text area, whose design tokens happy-dom can't compute. */
class TextAreaStandIn extends HTMLElement {
	readonly control = document.createElement("textarea");

	get value(): string {
		return this.control.value;
	}

	set value(text: string) {
		this.control.value = text;
	}

	connectedCallback(): void {
		this.setAttribute("aria-label", "Text area");
	}
}

export interface Page {
	readonly posted: ToHost[];
	readonly stored: () => unknown;
	readonly root: HTMLElement;
	readonly field: HTMLElement & { value: string };
	tell(event: ToWebview): Promise<void>;
	type(text: string): void;
	press(key: string, init?: KeyboardEventInit): KeyboardEvent;
}

/** Opens a panel in a fresh page, and records its requests and its state. */
export function openPage(state?: unknown): Page {
	if (customElements.get("vscode-text-area") === undefined) {
		customElements.define("vscode-text-area", TextAreaStandIn);
	}
	registerCodeBlock();
	registerLongText();
	document.body.replaceChildren();
	// A visible panel sets a timer that would outlive a short test; test/page covers it.
	document.hasFocus = () => false;
	const root = document.createElement("div");
	document.body.append(root);
	const posted: ToHost[] = [];
	let stored = state;
	const viewState = new ViewState({
		getState: () => stored,
		setState: (next: unknown) => {
			stored = structuredClone(next);
		},
	});
	const panel = new Panel(root, viewState, (request) => posted.push(request));
	const field = root.querySelector<HTMLElement & { value: string }>("vscode-text-area")!;
	return {
		posted,
		stored: () => stored,
		root,
		field,
		tell: async (event) => {
			panel.receive(event);
			await frame();
		},
		type: (text) => {
			field.value = text;
			field.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
		},
		press: (key, init = {}) => {
			const event = new KeyboardEvent("keydown", {
				key,
				bubbles: true,
				cancelable: true,
				composed: true,
				...init,
			});
			field.dispatchEvent(event);
			return event;
		},
	};
}

export function frame(): Promise<void> {
	return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

/** Returns the visible text, with single spaces. */
export function textOf(node: Element | null | undefined): string {
	return (node?.textContent ?? "").replace(/\s+/gu, " ").trim();
}
