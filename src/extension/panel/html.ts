import { randomBytes } from "node:crypto";
import type { Webview } from "vscode";
import { env, l10n, Uri } from "vscode";

/** Returns the folders that the panel's page may load files from. */
export function resourceRoots(extension: Uri): Uri[] {
	return [Uri.joinPath(extension, "dist")];
}

/** The page of the panel: empty but for its script, under a policy that lets nothing else in. */
export function panelHtml(webview: Webview, extension: Uri): string {
	const nonce = randomBytes(18).toString("base64");
	const source = (...path: string[]) =>
		webview.asWebviewUri(Uri.joinPath(extension, ...path)).toString();
	// The UI toolkit inserts a style element with the nonce of the meta element (toolkit 1.4.0).
	const policy = [
		"default-src 'none'",
		`script-src 'nonce-${nonce}'`,
		`style-src ${webview.cspSource} 'nonce-${nonce}'`,
		`font-src ${webview.cspSource}`,
		`img-src ${webview.cspSource} data:`,
		"form-action 'none'",
		"base-uri 'none'",
		"frame-src 'none'",
	].join("; ");
	// VS Code has read the bundle of the display language from the folder `l10n` before it activates the
	// extension. English has none: its strings are in the sources. The page takes the strings along, so
	// it asks for nothing more.
	const { bundle } = l10n;
	const language = bundle === undefined ? "en" : env.language;
	const strings = bundle === undefined ? "" : ` data-l10n="${escape(JSON.stringify(bundle))}"`;
	return `<!DOCTYPE html>
<html lang="${escape(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta property="csp-nonce" content="${nonce}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>SpacetimeDB Chat</title>
<link rel="stylesheet" href="${escape(source("dist", "codicon.css"))}">
<link rel="stylesheet" href="${escape(source("dist", "webview.css"))}">
</head>
<body${strings}>
<div id="app"></div>
<script nonce="${nonce}" src="${escape(source("dist", "webview.js"))}"></script>
</body>
</html>`;
}

function escape(text: string): string {
	return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
