import { html, nothing, render, type TemplateResult } from "lit/html.js";

export interface MenuItem {
	readonly label: string;
	/** Name of a codicon. */
	readonly icon: string;
	/** A line is drawn before it. */
	readonly isApart?: boolean;
	readonly run: () => void;
}

/**
 * The one menu or picker that may be open. It lies in the browser's top layer, where nothing cuts it off,
 * beside the element that opened it (popup.css places it). Its owner's focus comes back when it closes.
 */
export class Popup {
	readonly #element = document.createElement("div");
	#anchor: HTMLElement | undefined;
	#returnTo: HTMLElement | undefined;
	#onClose: () => void = () => undefined;

	constructor(root: HTMLElement) {
		const element = this.#element;
		element.className = "popup";
		// By hand: the browser's own way of closing it would also take the focus from where it should go.
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

	/** Opens a menu beside a button, or closes the one that this button has opened. */
	menu(anchor: HTMLElement, label: string, items: readonly MenuItem[]): void {
		this.#toggle(
			anchor,
			html`<div class="popup-menu" role="menu" aria-label=${label}>
				${items.map((item) => this.#renderItem(item))}
			</div>`,
		);
	}

	/** Opens anything else beside a button. Its first element that can be pressed gets the focus. */
	dialog(anchor: HTMLElement, label: string, content: TemplateResult, onClose?: () => void): void {
		this.#toggle(
			anchor,
			html`<div class="popup-dialog" role="dialog" aria-label=${label}>${content}</div>`,
			onClose,
		);
	}

	/** Closes what is open; the focus goes back to where it was unless it is wanted elsewhere. */
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

	/** Closes what has lost the element that it stands beside. */
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

/** The item that a key goes to; `undefined` for a key that goes nowhere. */
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

/** A press of the mouse that leaves the focus where it is; what it opens gives it back there. */
export function keepFocus(event: Event): void {
	event.preventDefault();
}
