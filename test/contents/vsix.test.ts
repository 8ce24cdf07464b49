import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { listFiles, PackageManager } from "@vscode/vsce";
import { expect, test } from "vitest";
import manifest from "../../package.json";
import words from "../../package.nls.json";
import { HOST_FILES } from "../../scripts/lib/bundles.mjs";
import { languages } from "../../scripts/lib/l10n.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const VSIX = `${ROOT}${manifest.name}-${manifest.version}.vsix`;
const KIB = 1024;

test("the package holds these files and no others", async () => {
	const files = await listFiles({ cwd: ROOT, packageManager: PackageManager.None });
	const translations = (await languages()).flatMap((language) => [
		`l10n/bundle.l10n.${language}.json`,
		`package.nls.${language}.json`,
	]);
	const expected = [
		"CHANGELOG.md",
		"LICENSE",
		"README.md",
		"SECURITY.md",
		"dist/chat.js",
		"dist/codicon.css",
		"dist/codicon.ttf",
		"dist/database.js",
		"dist/extension.js",
		"dist/module.wasm",
		"dist/webview.css",
		"dist/webview.js",
		"media/activity.svg",
		"media/icon.png",
		"media/screenshot.png",
		"package.json",
		"package.nls.json",
		...translations,
	];
	expect(files.map((file) => file.replaceAll("\\", "/")).sort()).toEqual(expected.sort());
});

test("the package is no larger than 600 KiB", () => {
	const bytes = statSync(VSIX).size;
	expect(bytes).toBeLessThanOrEqual(600 * KIB);
});

test("the host's files are no larger than 300 KiB together", () => {
	const bytes = HOST_FILES.map((name) => statSync(`${ROOT}dist/${name}`).size);
	expect(bytes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(300 * KIB);
});

test("the file that every window loads is no larger than 8 KiB", () => {
	expect(statSync(`${ROOT}dist/extension.js`).size).toBeLessThanOrEqual(8 * KIB);
});

test("the view's bundle is no larger than 280 KiB", () => {
	expect(statSync(`${ROOT}dist/webview.js`).size).toBeLessThanOrEqual(280 * KIB);
});

test("every word of the manifest is translated through package.nls.json, and none is left over", () => {
	const used = [...JSON.stringify(manifest).matchAll(/%([\w.]+)%/g)].map(([, key]) => key);
	expect([...new Set(used)].sort()).toEqual(Object.keys(words).sort());
});

test("no workspace can set an address: the settings belong to the person", () => {
	const { properties } = manifest.contributes.configuration;
	const scopes = Object.values(properties).map(({ scope }) => scope);
	expect([...new Set(scopes)].sort()).toEqual(["application", "machine"]);
});
