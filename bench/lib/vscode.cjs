// The tests' stand-in for `vscode`, and what else the sources name: a desktop with every setting unset.
module.exports = {
	...require("../../test/support/vscodeStub.ts"),
	env: { remoteName: undefined, uiKind: 1 },
	UIKind: { Desktop: 1, Web: 2 },
	workspace: { getConfiguration: () => ({ get: () => undefined }) },
};
