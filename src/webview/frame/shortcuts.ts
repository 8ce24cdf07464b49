/** What a key asks for wherever in the panel the focus is. */
export type Shortcut =
	| { readonly kind: "search" }
	/** The room that many places further down in the list; only among those with something unread. */
	| { readonly kind: "room"; readonly step: 1 | -1; readonly isUnreadOnly: boolean };

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
