import { stat } from "node:fs/promises";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { readFile } from "node:fs/promises";
import { HOST_FILES } from "../../scripts/lib/bundles.mjs";
import { CHECKOUT } from "../../scripts/lib/dependencies.mjs";
import type { Row } from "../lib/bench";
import type { Figure } from "../lib/figures";

const KIB = 1_024;

/** What is downloaded and loaded, against the budgets. */
export const row: Row = {
	id: "sizes",
	what: "bundles and package, against their budgets",
	async measure(bench) {
		const vsix = await bench.vsix();
		const dist = (name: string) => join(CHECKOUT, "dist", name);
		const module = deflateRawSync(await readFile(dist("module.wasm"))).length;
		const sizes = await Promise.all(HOST_FILES.map((name) => stat(dist(name))));
		const host = sizes.reduce((sum, { size }) => sum + size, 0);
		const figure = (part: string, what: string, bytes: number, budgetKib: number): Figure => ({
			part,
			what: `${what}, against its budget of ${budgetKib} KiB`,
			unit: "bytes",
			ours: [bytes],
			baseline: [budgetKib * KIB],
			target: "≤ 1 ×",
		});
		return [
			figure("host", "the host's files", host, 250),
			figure("view", "the view's bundle", (await stat(dist("webview.js"))).size, 250),
			figure("vsix", "the .vsix without the module", (await stat(vsix)).size - module, 600),
		];
	},
};
