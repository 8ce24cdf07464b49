// Bundles the bench's TypeScript, which uses the sources of the extension.

import { join } from "node:path";
import { HOST_PACKAGES, webviewBundle } from "../../scripts/lib/bundles.mjs";

/** Bundles the programs into `out/bench`. @param {string} checkout @returns the main one's path */
export async function bundleBench(checkout) {
	// Imported late: the bench prepares a checkout without dependencies first.
	const { build } = await import("esbuild");
	const outdir = join(checkout, "out", "bench");
	const source = (/** @type {string[]} */ ...names) => join(checkout, "bench", ...names);
	const alias = { vscode: source("lib", "vscode.cjs") };
	// These files find the checkout by their own path.
	const external = [join(checkout, "scripts", "lib", "*")];
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
	await build({
		...common,
		entryPoints: { main: source("main.ts"), plain: source("child", "plain.ts") },
		// Packages stay outside, so that the baselines have the SDK as it comes.
		packages: "external",
		external,
		alias,
	});
	await build({
		...common,
		...HOST_PACKAGES,
		entryPoints: { shipped: source("child", "shipped.ts") },
		external: [...external, ...HOST_PACKAGES.external],
		alias: { ...alias, ...HOST_PACKAGES.alias },
		// The packages `require` modules of Node.
		banner: {
			js: `import { createRequire } from "node:module";
				const require = createRequire(import.meta.url);`,
		},
	});
	await build({
		...webviewBundle({ production: true, outdir }),
		entryPoints: { plain: source("page", "plain.ts") },
		logLevel: "warning",
	});
	return join(outdir, "main.mjs");
}
