// Fetches and builds everything slow, one after the other; later runs find all of it in the cache.

import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ensureChromium } from "./lib/chromium.mjs";
import { ensureDependencies } from "./lib/dependencies.mjs";
import { fail } from "./lib/run.mjs";
import { findServer } from "./lib/spacetimedb.mjs";
import { ensureVsCode } from "./lib/vscodeInstall.mjs";
import { ensureWasmToolchain } from "./lib/wasm.mjs";

const PARTS = {
	dependencies: ensureDependencies,
	// The server comes first, since its build takes longest: a missing tool shows before other downloads.
	server: findServer,
	wasm: ensureWasmToolchain,
	vscode: async () => {
		await ensureVsCode("oldest");
		await ensureVsCode("newest");
	},
	chromium: ensureChromium,
};

/** @typedef {keyof typeof PARTS} Part */

/** Prepares these parts; all of them if none is named. @param {Part[]} parts */
export async function prepare(...parts) {
	const all = /** @type {Part[]} */ (Object.keys(PARTS));
	for (const part of parts.length > 0 ? parts : all) {
		await PARTS[part]();
	}
}

const script = process.argv[1];
if (script !== undefined && realpathSync(script) === fileURLToPath(import.meta.url)) {
	await prepare().catch(fail);
	console.log("Everything is there.");
}
