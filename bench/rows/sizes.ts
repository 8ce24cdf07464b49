import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { HOST_FILES } from "../../scripts/lib/bundles.mjs";
import { CHECKOUT } from "../../scripts/lib/dependencies.mjs";
import type { Row } from "../lib/bench";

/** Budgets in KiB, which the step `contents` of `npm test` checks. */
const BUDGETS = { host: 300, view: 280, vsix: 600 };

/** Sizes of the files that are downloaded and loaded, against their budgets. */
export const sizes: Row = async (bench) => {
	const dist = (name: string) => join(CHECKOUT, "dist", name);
	const bytesOf = async (path: string) => (await stat(path)).size;
	const vsix = await bytesOf(await bench.vsix());
	const module = deflateRawSync(await readFile(dist("module.wasm"))).length;
	let host = 0;
	for (const name of HOST_FILES) {
		host += await bytesOf(dist(name));
	}
	const figure = (bytes: number, kib: number) => ({ ours: [bytes], baseline: [kib * 1_024] });
	return {
		figures: {
			"sizes.host": figure(host, BUDGETS.host),
			"sizes.view": figure(await bytesOf(dist("webview.js")), BUDGETS.view),
			"sizes.vsix": figure(vsix - module, BUDGETS.vsix),
		},
	};
};
