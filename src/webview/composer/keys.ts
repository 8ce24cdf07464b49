/** Whether a key press belongs to an input method. */
export function isComposing(event: KeyboardEvent): boolean {
	// 229 is what Chromium reports for keys that an input method takes, when isComposing is late.
	// eslint-disable-next-line @typescript-eslint/no-deprecated
	return event.isComposing || event.keyCode === 229;
}

/** Whether a key press means "send". */
export function isSendKey(event: KeyboardEvent): boolean {
	return event.key === "Enter" && !event.shiftKey && !event.altKey && !isComposing(event);
}

/** Whether a key was pressed without any other. */
export function isPlain(event: KeyboardEvent): boolean {
	return !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
}
