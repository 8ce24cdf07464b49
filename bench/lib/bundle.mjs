// Makes programs of the bench's TypeScript, which uses the sources of the extension.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { HOST_PACKAGES } from "../../scripts/lib/bundles.mjs";

/**
 * Leaves scripts/lib as it is: its files know the checkout by where they lie.
 * @type {(checkout: string) => import("esbuild").Plugin}
 */
const scriptsStay = (checkout) => ({
	name: "scripts-stay",
	setup(build) {
		build.onResolve({ filter: /scripts\/lib\/\w+\.mjs$/ }, ({ path }) => ({
			path: pathToFileURL(join(checkout, "scripts", "lib", path.split("/").at(-1) ?? "")).href,
			external: true,
		}));
	},
});

/**
 * @param {string} checkout
 * @returns {Promise<string>} path of the program; the others lie beside it
 */
export async function bundleBench(checkout) {
	// Only here: the bench prepares a checkout without dependencies first.
	const { build } = await import("esbuild");
	const outdir = join(checkout, "out", "bench");
	const vscode = join(checkout, "bench", "lib", "vscode.cjs");
	/** @satisfies {import("esbuild").BuildOptions} */
	const common = {
		outdir,
		absWorkingDir: checkout,
		outExtension: { ".js": ".mjs" },
		bundle: true,
		platform: "node",
		format: "esm",
		target: "node20",
		sourcemap: "inline",
		logLevel: "warning",
	};
	const child = join(checkout, "bench", "child", "child.ts");
	await build({
		...common,
		entryPoints: { main: join(checkout, "bench", "main.ts"), child },
		// Packages stay outside, and with them what is shared by being one module. So baselines have the
		// SDK as it comes.
		packages: "external",
		alias: { vscode },
		plugins: [scriptsStay(checkout)],
	});
	await build({
		...common,
		entryPoints: { shipped: child },
		...HOST_PACKAGES,
		alias: { vscode, ...HOST_PACKAGES.alias },
		plugins: [scriptsStay(checkout), ...HOST_PACKAGES.plugins],
		// For what the packages want of Node.
		banner: {
			js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
		},
	});
	await build({
		entryPoints: { plain: join(checkout, "bench", "page", "plain.ts") },
		outdir,
		bundle: true,
		minify: true,
		platform: "browser",
		format: "iife",
		target: "chrome132",
		logLevel: "warning",
	});
	return join(outdir, "main.mjs");
}
