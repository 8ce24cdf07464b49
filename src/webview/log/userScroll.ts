/** The time after the last wheel, key or touch event for which a scroll still counts as the user's. */
const MOVING_MS = 250;

/**
 * Tells the user's scrolling (wheel, keys, touch, scroll bar) from the browser's own. The browser scrolls
 * by itself when another part of the panel is smaller for a moment.
 */
export class UserScroll {
	/** The time of the last event, on the page's clock. */
	#eventMs = -Infinity;
	#isHolding = false;

	constructor(element: HTMLElement) {
		const note = (): void => {
			this.#eventMs = performance.now();
		};
		for (const type of ["wheel", "touchmove", "keydown"]) {
			element.addEventListener(type, note, { passive: true });
		}
		element.addEventListener("pointerdown", () => {
			this.#isHolding = true;
		});
		const release = (): void => {
			if (this.#isHolding) {
				this.#isHolding = false;
				note();
			}
		};
		for (const type of ["pointerup", "pointercancel"]) {
			window.addEventListener(type, release, { capture: true });
		}
		// Releasing a scroll bar fires no event.
		element.addEventListener("pointermove", ({ buttons }) => buttons === 0 && release(), {
			passive: true,
		});
	}

	/** True while the user scrolls. */
	get isMoving(): boolean {
		return this.#isHolding || performance.now() - this.#eventMs < MOVING_MS;
	}
}
