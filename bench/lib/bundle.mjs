// Makes programs of the bench's TypeScript, which uses the sources of the extension.

import { join } from "node:path";
import { pathToFileURL } from "node:url";

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
	await build({
		entryPoints: {
			main: join(checkout, "bench", "main.ts"),
			child: join(checkout, "bench", "child", "child.ts"),
		},
		outdir,
		outExtension: { ".js": ".mjs" },
		bundle: true,
		platform: "node",
		format: "esm",
		target: "node20",
		// Packages stay outside, and with them what is shared by being one module.
		packages: "external",
		alias: { vscode: join(checkout, "bench", "lib", "vscode.cjs") },
		plugins: [scriptsStay(checkout)],
		sourcemap: "inline",
		logLevel: "warning",
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
