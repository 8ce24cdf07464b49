import { stat } from "node:fs/promises";
import { parseArgs } from "node:util";
import { build, context } from "esbuild";
import { copyAssets, HOST_FILES, hostBundle, webviewBundle } from "./scripts/lib/bundles.mjs";

const { values: flags } = parseArgs({
	options: { production: { type: "boolean" }, watch: { type: "boolean" } },
});

/** Bytes that the minified bundles may have; CONTRIBUTING.md says so too. */
const BUDGET_BYTES = { host: 300 * 1024, webview: 280 * 1024 };
const OUT = "dist";

const options = { production: flags.production === true, outdir: OUT };
const bundles = [hostBundle(options), webviewBundle(options)].map(
	(bundle) => /** @type {const} */ ({ ...bundle, logLevel: "info" }),
);

/** Bytes of these built files together. @param {readonly string[]} names */
async function sizeOf(names) {
	const files = await Promise.all(names.map((name) => stat(`${OUT}/${name}`)));
	return files.reduce((sum, { size }) => sum + size, 0);
}

async function checkBudgets() {
	const sizes = {
		host: await sizeOf(HOST_FILES),
		webview: await sizeOf(["webview.js"]),
	};
	for (const name of /** @type {const} */ (["host", "webview"])) {
		const [bytes, budget] = [sizes[name], BUDGET_BYTES[name]];
		const kib = (bytes / 1024).toFixed(1);
		console.log(`${name}: ${kib} KiB of ${budget / 1024} KiB`);
		if (bytes > budget) {
			throw new Error(`The ${name} bundle is ${kib} KiB, over its budget.`);
		}
	}
}

await copyAssets(OUT);
if (flags.watch) {
	for (const bundle of bundles) {
		await (await context(bundle)).watch();
	}
} else {
	await Promise.all(bundles.map((bundle) => build(bundle)));
	if (flags.production) {
		await checkBudgets();
	}
}
