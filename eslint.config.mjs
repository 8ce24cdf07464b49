import noUnsanitized from "eslint-plugin-no-unsanitized";
import tseslint from "typescript-eslint";

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
		files: ["src/shared/**/*.ts", "src/webview/**/*.ts", "src/extension/**/*.ts"],
		ignores: ["src/extension/database/**"],
		rules: {
			"no-restricted-imports": [
				"error",
				{
					patterns: [
						{
							group: ["@clockworklabs/*", "**/module_bindings", "**/module_bindings/*"],
							message: "Only src/extension/database knows the SDK.",
						},
					],
				},
			],
		},
	},
);
