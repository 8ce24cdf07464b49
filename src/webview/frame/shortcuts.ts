/** A shortcut that works anywhere in the panel. */
export type Shortcut =
	| { readonly kind: "search" }
	/** Opens the next or previous room of the list; with `isUnreadOnly`, the next one with unread messages. */
	| { readonly kind: "room"; readonly step: 1 | -1; readonly isUnreadOnly: boolean };

/** Returns the shortcut of a key press. */
export function shortcutOf({
	key,
	altKey,
	shiftKey,
	ctrlKey,
	metaKey,
}: Pick<KeyboardEvent, "key" | "altKey" | "shiftKey" | "ctrlKey" | "metaKey">):
	Shortcut | undefined {
	const isCommand = ctrlKey || metaKey;
	if (key.toLowerCase() === "f" && isCommand && !shiftKey && !altKey) {
		return { kind: "search" };
	}
	return altKey && !isCommand && (key === "ArrowUp" || key === "ArrowDown")
		? { kind: "room", step: key === "ArrowDown" ? 1 : -1, isUnreadOnly: shiftKey }
		: undefined;
}
