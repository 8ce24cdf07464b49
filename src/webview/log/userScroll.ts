/** For so long what moves is moved by a hand that was seen last: a wheel turns on, keys repeat. */
const MOVING_MS = 250;

/**
 * Whether somebody scrolls, with a wheel, keys, a finger or the scroll bar. A browser scrolls by itself,
 * too: where something else in the panel is smaller for a moment, what is shown can't be as far down.
 */
export class UserScroll {
	/** On the page's clock. */
	#seenMs = -Infinity;
	#isHolding = false;

	constructor(element: HTMLElement) {
		const seen = (): void => {
			this.#seenMs = performance.now();
		};
		for (const type of ["wheel", "touchmove", "keydown"]) {
			element.addEventListener(type, seen, { passive: true });
		}
		element.addEventListener("pointerdown", () => {
			this.#isHolding = true;
		});
		const release = (): void => {
			if (this.#isHolding) {
				this.#isHolding = false;
				seen();
			}
		};
		for (const type of ["pointerup", "pointercancel"]) {
			window.addEventListener(type, release, { capture: true });
		}
		// A scroll bar that is let go of tells nobody.
		element.addEventListener("pointermove", ({ buttons }) => buttons === 0 && release(), {
			passive: true,
		});
	}

	get isMoving(): boolean {
		return this.#isHolding || performance.now() - this.#seenMs < MOVING_MS;
	}
}
