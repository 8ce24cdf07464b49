import { cp, mkdir, stat } from "node:fs/promises";
import { parseArgs } from "node:util";
import { build, context } from "esbuild";

const { values: flags } = parseArgs({
	options: { production: { type: "boolean" }, watch: { type: "boolean" } },
});

/** Bytes a bundle may have when minified; CONTRIBUTING.md says so too. */
const BUDGET_BYTES = 250 * 1024;

/** @type {import("esbuild").BuildOptions} */
const common = {
	bundle: true,
	minify: flags.production === true,
	sourcemap: flags.production ? false : "linked",
	logLevel: "info",
	legalComments: "none",
};

/** @type {import("esbuild").BuildOptions} */
const host = {
	...common,
	entryPoints: { extension: "src/extension/extension.ts" },
	outdir: "dist",
	platform: "node",
	format: "cjs",
	target: "node20",
	// undici: the SDK imports it only for its own socket, which ours replaces.
	// bufferutil, utf-8-validate: optional native helpers of ws.
	external: ["vscode", "undici", "bufferutil", "utf-8-validate"],
	alias: { "@zxing/text-encoding": "./src/extension/connection/textEncoding.ts" },
};

/** @type {import("esbuild").BuildOptions} */
const webview = {
	...common,
	entryPoints: { webview: "src/webview/main.ts" },
	outdir: "dist",
	platform: "browser",
	format: "iife",
	target: "chrome132",
};

async function copyAssets() {
	await mkdir("dist", { recursive: true });
	await cp("node_modules/@vscode/codicons/dist/codicon.css", "dist/codicon.css");
	await cp("node_modules/@vscode/codicons/dist/codicon.ttf", "dist/codicon.ttf");
}

/** Bytes of one built file. @param {string} path */
async function sizeOf(path) {
	return (await stat(path)).size;
}

async function checkBudgets() {
	const sizes = {
		host: await sizeOf("dist/extension.js"),
		webview: await sizeOf("dist/webview.js"),
	};
	for (const [name, bytes] of Object.entries(sizes)) {
		const kib = (bytes / 1024).toFixed(1);
		console.log(`${name}: ${kib} KiB of ${BUDGET_BYTES / 1024} KiB`);
		if (bytes > BUDGET_BYTES) {
			throw new Error(`The ${name} bundle is ${kib} KiB, over its budget.`);
		}
	}
}

await copyAssets();
if (flags.watch) {
	for (const options of [host, webview]) {
		await (await context(options)).watch();
	}
} else {
	await Promise.all([build(host), build(webview)]);
	if (flags.production) {
		await checkBudgets();
	}
}
