import {
	provideVSCodeDesignSystem,
	vsCodeButton,
	vsCodeTextArea,
} from "@vscode/webview-ui-toolkit";

/**
 * Registers the controls of the UI toolkit that the view uses, and no others. The progress ring is
 * left out because its template holds a `style` attribute, which the CSP forbids; the link-like
 * buttons in the log are native ones, because a log may hold hundreds of them.
 */
export function registerControls(): void {
	provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeTextArea());
}
