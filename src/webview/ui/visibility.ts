/** Returns true while the panel is visible. The window may have no focus then. */
export function isPanelVisible(): boolean {
	return document.visibilityState === "visible";
}
