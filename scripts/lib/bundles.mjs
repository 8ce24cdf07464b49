// What esbuild makes of the sources: the host's bundle and the view's.

import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { CHECKOUT } from "./dependencies.mjs";

/** @typedef {import("esbuild").BuildOptions} BuildOptions */

/** @param {{ production: boolean, outdir: string }} options @returns {BuildOptions} */
function common({ production, outdir }) {
	return {
		absWorkingDir: CHECKOUT,
		outdir,
		bundle: true,
		minify: production,
		sourcemap: production ? false : "linked",
		legalComments: "none",
	};
}

/** The extension host's bundle. @param {{ production: boolean, outdir: string }} options @returns {BuildOptions} */
export function hostBundle(options) {
	return {
		...common(options),
		entryPoints: { extension: "src/extension/extension.ts" },
		platform: "node",
		format: "cjs",
		target: "node20",
		// undici: the SDK imports it only for its own socket, which ours replaces.
		// bufferutil, utf-8-validate: optional native helpers of ws.
		external: ["vscode", "undici", "bufferutil", "utf-8-validate"],
		alias: {
			"@zxing/text-encoding": "./src/extension/connection/textEncoding.ts",
			// The client alone: the package's entry brings its server along.
			ws: "./node_modules/ws/lib/websocket.js",
		},
	};
}

/** The view's bundle. @param {{ production: boolean, outdir: string }} options @returns {BuildOptions} */
export function webviewBundle(options) {
	return {
		...common(options),
		entryPoints: { webview: "src/webview/main.ts" },
		platform: "browser",
		format: "iife",
		target: "chrome132",
		// Of what markdown-it brings along we need little; those files say why that is enough.
		alias: {
			entities: "./src/webview/markdown/entities.ts",
			...Object.fromEntries(
				["mdurl", "punycode.js", "linkify-it", "uc.micro"].map((name) => [
					name,
					"./src/webview/markdown/absent.ts",
				]),
			),
		},
	};
}

/** Puts the files beside the bundles that are taken as they are. @param {string} outdir */
export async function copyAssets(outdir) {
	await mkdir(join(CHECKOUT, outdir), { recursive: true });
	for (const name of ["codicon.css", "codicon.ttf"]) {
		await cp(
			join(CHECKOUT, "node_modules", "@vscode", "codicons", "dist", name),
			join(CHECKOUT, outdir, name),
		);
	}
}
