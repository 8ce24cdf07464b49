// The least extension with a webview view, and as many commands as ours has: VS Code runs a command only
// if it was registered, so this much an extension with commands can't do without.

const { commands, window } = require("vscode");

const HTML = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<title>Commands</title>
</head>
<body>Hello</body>
</html>`;

exports.activate = (context) => {
	const { commands: contributed } = context.extension.packageJSON.contributes;
	context.subscriptions.push(
		window.registerWebviewViewProvider("commands.view", {
			resolveWebviewView(view) {
				view.webview.html = HTML;
			},
		}),
		...contributed.map(({ command }) => commands.registerCommand(command, () => undefined)),
	);
};
