// The minimal extension, and as many commands as ours has: VS Code runs a command only if it was registered,
// so this much an extension with commands can't do without.

const { commands } = require("vscode");
const { showAs } = require("../minimal-extension/extension");

exports.activate = (context) => {
	showAs(context, "commands.view");
	const { commands: contributed } = context.extension.packageJSON.contributes;
	context.subscriptions.push(
		...contributed.map(({ command }) => commands.registerCommand(command, () => undefined)),
	);
};
