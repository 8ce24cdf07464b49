import noUnsanitized from "eslint-plugin-no-unsanitized";
import tseslint from "typescript-eslint";

const SDK = {
	group: ["@clockworklabs/*"],
	message: "Only src/extension/database knows the SDK.",
};

/** Forbids imports of other folders, so that an editor shows what the test of the layers would find. */
function foldersNotImported(folder, others, patterns = [SDK]) {
	const layers = {
		group: others.map((other) => `**/${other}/**`),
		message: `Files in src/extension/${folder} must not import that folder (test/unit/layers.test.ts).`,
	};
	return {
		files: [`src/extension/${folder}/**/*.ts`],
		rules: { "no-restricted-imports": ["error", { patterns: [...patterns, layers] }] },
	};
}

export default tseslint.config(
	{
		ignores: ["dist/", "out/", "node_modules/", "src/module_bindings/", "server/", "test/modules/"],
	},
	{
		files: ["src/**/*.ts", "test/**/*.ts", "bench/**/*.ts", "vitest.config.ts"],
		extends: [...tseslint.configs.strictTypeChecked],
		languageOptions: {
			parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
		},
		rules: {
			"@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
			"@typescript-eslint/restrict-template-expressions": [
				"error",
				{ allowNumber: true, allowBoolean: true },
			],
			"@typescript-eslint/consistent-type-imports": "error",
			"@typescript-eslint/no-unused-vars": [
				"error",
				{ argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
			],
		},
	},
	{
		files: ["test/**/*.ts"],
		rules: {
			"@typescript-eslint/no-non-null-assertion": "off",
			"@typescript-eslint/no-unsafe-assignment": "off",
			"@typescript-eslint/no-unsafe-member-access": "off",
			"@typescript-eslint/no-unsafe-call": "off",
			"@typescript-eslint/no-unsafe-argument": "off",
			"@typescript-eslint/no-unsafe-return": "off",
			"@typescript-eslint/unbound-method": "off",
		},
	},
	{
		files: ["src/**/*.ts"],
		plugins: { "no-unsanitized": noUnsanitized },
		rules: {
			"no-unsanitized/method": "error",
			"no-unsanitized/property": "error",
			"no-console": "error",
			"max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
		},
	},
	{
		files: ["src/webview/**/*.ts"],
		rules: {
			"no-restricted-syntax": [
				"error",
				{
					selector: "MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML)$/]",
					message: "Text from a chat never becomes HTML; render it with lit.",
				},
				{
					selector: "ImportDeclaration[source.value=/unsafe-html/]",
					message: "Text from a chat never becomes HTML; render it with lit.",
				},
			],
		},
	},
	{
		files: ["src/shared/**/*.ts", "src/webview/**/*.ts", "src/extension/*.ts"],
		rules: { "no-restricted-imports": ["error", { patterns: [SDK] }] },
	},
	// Other folders of the host that each folder must not import; test/unit/layers.test.ts has the rest.
	foldersNotImported("platform", ["chat", "database", "ambient", "commands", "panel"]),
	foldersNotImported("chat", ["database", "ambient", "commands", "panel"]),
	foldersNotImported("database", ["ambient", "commands", "panel"], []),
	foldersNotImported("ambient", ["database", "commands", "panel"]),
	foldersNotImported("commands", ["database", "ambient", "panel"]),
	foldersNotImported("panel", ["database", "ambient"]),
);
