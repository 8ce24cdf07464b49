// Builds and packages the extension.

import { copyFile, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { CHECKOUT } from "./dependencies.mjs";
import { run } from "./run.mjs";
import { buildModule } from "./wasm.mjs";

/** Bundles the extension with the module into dist/. @param {{ production?: boolean }} [options] */
export async function buildExtension({ production = false } = {}) {
	// Start Local Server creates the chat from the module that the extension carries.
	await mkdir(join(CHECKOUT, "dist"), { recursive: true });
	await copyFile(await buildOwnModule(), join(CHECKOUT, "dist", "module.wasm"));
	await run(process.execPath, ["esbuild.mjs", ...(production ? ["--production"] : [])], {
		cwd: CHECKOUT,
		label: "Building the extension",
	});
}

/** Builds the module that the extension carries. @returns {Promise<string>} path in the cache */
export function buildOwnModule() {
	return buildModule(join(CHECKOUT, "server"));
}

/** Builds extension and module into one .vsix file. @returns {Promise<string>} its path */
export async function packageExtension() {
	await buildExtension({ production: true });
	const manifest = await readFile(join(CHECKOUT, "package.json"), "utf8");
	const { name, version } = /** @type {{ name: string, version: string }} */ (JSON.parse(manifest));
	const vsix = join(CHECKOUT, `${name}-${version}.vsix`);
	const vsce = join(CHECKOUT, "node_modules", "@vscode", "vsce", "vsce");
	// --no-dependencies: the bundles hold all packages.
	await run(process.execPath, [vsce, "package", "--no-dependencies", "--out", vsix], {
		cwd: CHECKOUT,
		label: "Packaging the extension",
	});
	return vsix;
}
