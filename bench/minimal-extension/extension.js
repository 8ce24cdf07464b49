// The least an extension with a webview view can be, the baseline of activation. A copy of it has
// commands too: VS Code runs a command only if the extension registered it.

const { commands, window } = require("vscode");

const HTML = `<!DOCTYPE html>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<title>Minimal</title>`;

exports.activate = ({ extension, subscriptions }) => {
	const { contributes, name } = extension.packageJSON;
	const resolveWebviewView = ({ webview }) => {
		webview.html = HTML;
	};
	subscriptions.push(window.registerWebviewViewProvider(name, { resolveWebviewView }));
	for (const { command } of contributes.commands ?? []) {
		subscriptions.push(commands.registerCommand(command, () => undefined));
	}
};
