import { piecesOf } from "./fold";

/** How long one frame's share may take, layout included. */
const SHARE_MS = 8;

/**
 * Fills an element with a text, piece by piece and some each frame, so that no text holds up the view.
 * Returns what stops it.
 */
export function grow(target: HTMLElement, text: string, lineLength?: number): () => void {
	const pieces = piecesOf(text, lineLength);
	let frame: number | undefined;
	const share = (): void => {
		// A message that has left the log needs no more of its text.
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
			// Lays it out now, so that the next one waits if this one took long.
		} while (target.scrollHeight >= 0 && performance.now() - began < SHARE_MS);
		frame = requestAnimationFrame(share);
	};
	share();
	return () => {
		if (frame !== undefined) {
			cancelAnimationFrame(frame);
		}
	};
}

/** Tells the log that what comes is to be read from here on, even by a reader at its end. */
export function announceUnfold(element: HTMLElement): void {
	element.dispatchEvent(new CustomEvent("chat-unfold", { bubbles: true }));
}
