import { piecesOf } from "./fold";

/** The time that one frame may spend on appending text, layout included. */
const FRAME_BUDGET_MS = 8;

/**
 * Appends a text to an element piece by piece over several frames, so that no text blocks the view.
 * Returns a function that stops it.
 */
export function appendProgressively(
	target: HTMLElement,
	text: string,
	lineLength?: number,
): () => void {
	const pieces = piecesOf(text, lineLength);
	let frame: number | undefined;
	const appendSome = (): void => {
		// A message that has left the log needs no more text.
		if (!target.isConnected) {
			return;
		}
		const began = performance.now();
		do {
			const next = pieces.next();
			if (next.done === true) {
				return;
			}
			const piece = document.createElement("span");
			piece.className = "markdown-piece";
			piece.textContent = next.value;
			target.append(piece);
			// `scrollHeight` forces the layout, so that its time counts.
		} while (target.scrollHeight >= 0 && performance.now() - began < FRAME_BUDGET_MS);
		frame = requestAnimationFrame(appendSome);
	};
	appendSome();
	return () => {
		if (frame !== undefined) {
			cancelAnimationFrame(frame);
		}
	};
}

/** Notifies the log that the reader goes on here, so that it does not follow its end. */
export function announceUnfold(element: HTMLElement): void {
	element.dispatchEvent(new CustomEvent("chat-unfold", { bubbles: true }));
}
