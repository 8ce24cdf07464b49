/** Returns true if a key press belongs to an input method. */
export function isComposing(event: KeyboardEvent): boolean {
	// Chromium reports 229 for the keys of an input method when isComposing is late.
	// eslint-disable-next-line @typescript-eslint/no-deprecated
	return event.isComposing || event.keyCode === 229;
}

/** Returns true for the key that sends. */
export function isSendKey(event: KeyboardEvent): boolean {
	return event.key === "Enter" && !event.shiftKey && !event.altKey && !isComposing(event);
}

/** Returns true if no modifier key is pressed. */
export function isPlain(event: KeyboardEvent): boolean {
	return !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
}
