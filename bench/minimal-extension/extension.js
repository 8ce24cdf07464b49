// The least an extension with a webview view can be: what activation is compared with.

const { window } = require("vscode");

const HTML = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<title>Minimal</title>
</head>
<body>Hello</body>
</html>`;

exports.showAs = (context, view) => {
	context.subscriptions.push(
		window.registerWebviewViewProvider(view, {
			resolveWebviewView({ webview }) {
				webview.html = HTML;
			},
		}),
	);
};

exports.activate = (context) => exports.showAs(context, "minimal.view");
