import { html, nothing, render, type TemplateResult } from "lit/html.js";

export interface MenuItem {
	readonly label: string;
	/** Name of a codicon. */
	readonly icon: string;
	/** True draws a line before the item. */
	readonly isApart?: boolean;
	readonly run: () => void;
}

/**
 * The one menu or dialog that may be open. It lies in the browser's top layer, where nothing cuts it off,
 * beside the button that opened it (popup.css places it). Closing it restores the focus.
 */
export class Popup {
	readonly #element = document.createElement("div");
	#anchor: HTMLElement | undefined;
	#returnTo: HTMLElement | undefined;
	#onClose: () => void = () => undefined;

	constructor(root: HTMLElement) {
		const element = this.#element;
		element.className = "popup";
		// Manual: the browser's own light dismiss would also move the focus.
		element.setAttribute("popover", "manual");
		root.append(element);
		element.addEventListener("keydown", (event) => this.#onKeydown(event));
		element.addEventListener("focusout", ({ relatedTarget }) => {
			if (relatedTarget instanceof Node && !element.contains(relatedTarget)) {
				this.close(false);
			}
		});
		document.addEventListener("pointerdown", (event) => this.#onPointerDown(event), true);
		window.addEventListener("blur", () => this.close(false));
	}

	get isOpen(): boolean {
		return this.#anchor !== undefined;
	}

	/** Opens a menu beside a button, or closes the menu that this button opened. */
	menu(anchor: HTMLElement, label: string, items: readonly MenuItem[]): void {
		this.#toggle(
			anchor,
			html`<div class="popup-menu" role="menu" aria-label=${label}>
				${items.map((item) => this.#renderItem(item))}
			</div>`,
		);
	}

	/** Opens a dialog beside a button and focuses its first item. */
	dialog(anchor: HTMLElement, label: string, content: TemplateResult, onClose?: () => void): void {
		this.#toggle(
			anchor,
			html`<div class="popup-dialog" role="dialog" aria-label=${label}>${content}</div>`,
			onClose,
		);
	}

	/** Closes the open menu or dialog, and restores the focus unless `returnsFocus` is false. */
	close(returnsFocus = true): void {
		const anchor = this.#anchor;
		if (anchor === undefined) {
			return;
		}
		this.#anchor = undefined;
		anchor.removeAttribute("data-anchor");
		anchor.setAttribute("aria-expanded", "false");
		const target = this.#returnTo?.isConnected === true ? this.#returnTo : anchor;
		if (returnsFocus && target.isConnected) {
			target.focus({ preventScroll: true });
		}
		if (typeof this.#element.hidePopover === "function") {
			this.#element.hidePopover();
		}
		render(nothing, this.#element);
		this.#onClose();
	}

	/** Closes the menu or dialog if its button is no longer in the page. */
	check(): void {
		if (this.#anchor?.isConnected === false) {
			this.close();
		}
	}

	#toggle(
		anchor: HTMLElement,
		content: TemplateResult,
		onClose: () => void = () => undefined,
	): void {
		const wasOpen = this.#anchor === anchor;
		this.close();
		if (wasOpen) {
			return;
		}
		const active = document.activeElement;
		this.#returnTo = active instanceof HTMLElement && active !== document.body ? active : anchor;
		this.#anchor = anchor;
		this.#onClose = onClose;
		anchor.setAttribute("data-anchor", "");
		anchor.setAttribute("aria-expanded", "true");
		render(content, this.#element);
		if (typeof this.#element.showPopover === "function") {
			this.#element.showPopover();
		}
		this.#items[0]?.focus({ preventScroll: true });
	}

	get #items(): readonly HTMLElement[] {
		return [...this.#element.querySelectorAll<HTMLElement>("[data-item]")];
	}

	#renderItem({ label, icon, isApart = false, run }: MenuItem): TemplateResult {
		const choose = (): void => {
			this.close();
			run();
		};
		return html`${isApart ? html`<div class="popup-line" role="separator"></div>` : nothing}<button
				type="button"
				role="menuitem"
				tabindex="-1"
				data-item
				@click=${choose}
			>
				<span class="codicon codicon-${icon}" aria-hidden="true"></span>
				<span>${label}</span>
			</button>`;
	}

	#onPointerDown({ target }: Event): void {
		const isInside =
			target instanceof Node &&
			(this.#element.contains(target) || this.#anchor?.contains(target) === true);
		if (!isInside) {
			this.close(false);
		}
	}

	#onKeydown(event: KeyboardEvent): void {
		if (event.isComposing) {
			return;
		}
		event.stopPropagation();
		const items = this.#items;
		const at = items.indexOf(document.activeElement as HTMLElement);
		const isMenu = this.#element.querySelector("[role=menu]") !== null;
		const next = isMenu ? menuStep(event.key, at, items.length) : undefined;
		if (event.key === "Escape" || (event.key === "Tab" && isMenu)) {
			event.preventDefault();
			this.close();
		} else if (next !== undefined) {
			event.preventDefault();
			items[next]?.focus();
		} else if (isMenu && event.key.length === 1 && event.key !== " ") {
			const letter = event.key.toLocaleLowerCase();
			const order = [...items.slice(at + 1), ...items.slice(0, at + 1)];
			order.find((item) => item.innerText.trim().toLocaleLowerCase().startsWith(letter))?.focus();
		}
	}
}

/** Returns the index of the item that a key leads to; `undefined` for other keys. */
export function menuStep(key: string, at: number, count: number): number | undefined {
	switch (key) {
		case "ArrowDown":
			return (at + 1) % count;
		case "ArrowUp":
			return (at - 1 + count) % count;
		case "Home":
			return 0;
		case "End":
			return count - 1;
		default:
			return undefined;
	}
}

/** Keeps the focus where it is during a press of the mouse. */
export function keepFocus(event: Event): void {
	event.preventDefault();
}
