import {
	provideVSCodeDesignSystem,
	vsCodeButton,
	vsCodeTextArea,
} from "@vscode/webview-ui-toolkit";

/**
 * Registers the controls of the UI toolkit that the view uses, and no others. The progress ring is left
 * out: its template has a `style` attribute, which the CSP forbids. Link-like buttons are native elements,
 * since a log may hold hundreds of them.
 */
export function registerControls(): void {
	provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeTextArea());
}
