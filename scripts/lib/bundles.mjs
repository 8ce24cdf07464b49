// Options for esbuild, which makes the host's files and the view's of the sources.

import { cp, mkdir } from "node:fs/promises";
import { join, relative } from "node:path";
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

/** The host's files in dist, and what each begins with. A file without more is loaded with VS Code. */
const HOST_ENTRIES = {
	extension: "src/extension/extension.ts",
	/** When anybody needs the chat. */
	chat: "src/extension/chatParts.ts",
	/** At the first connect: the SDK, the socket and what speaks through them. */
	database: "src/extension/database/serverSession.ts",
};

/**
 * Makes `import("./x")` load another of the host's files. What two of them import is in both, so only
 * functions and constants may be; a test looks.
 * @type {import("esbuild").Plugin}
 */
const lateFiles = {
	name: "late-files",
	setup(build) {
		build.onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) => {
			if (kind !== "dynamic-import") {
				return undefined;
			}
			const source = `${relative(CHECKOUT, join(resolveDir, path)).replaceAll("\\", "/")}.ts`;
			const [name] = Object.entries(HOST_ENTRIES).find(([, entry]) => entry === source) ?? [];
			return name === undefined
				? { errors: [{ text: `${source} is no file of the host's in scripts/lib/bundles.mjs` }] }
				: { path: `./${name}.js`, external: true };
		});
	},
};

/** Leaves the compression of `ws` out. @type {import("esbuild").Plugin} */
const withoutDeflate = {
	name: "without-deflate",
	setup(build) {
		build.onResolve({ filter: /^\.\/permessage-deflate$/ }, () => ({
			path: join(CHECKOUT, "src", "extension", "database", "wire", "noDeflate.ts"),
		}));
	},
};

/** Options for bundling the host's packages, without the parts that Node has itself or nobody uses. */
export const HOST_PACKAGES = {
	// undici: the SDK imports it only for its own socket, which ours replaces.
	// bufferutil, utf-8-validate: optional native helpers of ws.
	external: ["undici", "bufferutil", "utf-8-validate"],
	alias: {
		"@zxing/text-encoding": "./src/extension/database/wire/textEncoding.ts",
		"base64-js": "./src/extension/database/wire/base64.ts",
		// The client alone: the package's entry brings its server along.
		ws: "./node_modules/ws/lib/websocket.js",
	},
	plugins: [withoutDeflate],
};

/** Names of the host's files in dist. */
export const HOST_FILES = Object.keys(HOST_ENTRIES).map((name) => `${name}.js`);

/** The extension host's files. @param {{ production: boolean, outdir: string }} options @returns {BuildOptions} */
export function hostBundle(options) {
	return {
		...common(options),
		entryPoints: HOST_ENTRIES,
		platform: "node",
		format: "cjs",
		target: "node20",
		// `import()` becomes `require`: the files are CommonJS, as VS Code loads them fastest.
		supported: { "dynamic-import": false },
		...HOST_PACKAGES,
		external: ["vscode", ...HOST_PACKAGES.external],
		plugins: [lateFiles, ...HOST_PACKAGES.plugins],
	};
}

/**
 * Files in the place of packages that markdown-it imports and the view does not need; each file says why it
 * is enough. The unit tests of the view use them too. Paths are absolute.
 * @type {Readonly<Record<string, string>>}
 */
export const VIEW_STAND_INS = Object.fromEntries([
	["entities", join(CHECKOUT, "src", "webview", "markdown", "entities.ts")],
	...["mdurl", "punycode.js", "linkify-it", "uc.micro"].map((name) => [
		name,
		join(CHECKOUT, "src", "webview", "markdown", "unusedPackages.ts"),
	]),
]);

/** The view's bundle. @param {{ production: boolean, outdir: string }} options @returns {BuildOptions} */
export function webviewBundle(options) {
	return {
		...common(options),
		entryPoints: { webview: "src/webview/main.ts" },
		platform: "browser",
		format: "iife",
		target: "chrome132",
		alias: VIEW_STAND_INS,
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
