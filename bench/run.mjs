// `npm run bench`: measures against what people would otherwise use, on a real server, in a real VS Code
// and a real Chromium. Prints a table and writes bench/results.json; see bench/README.md.
//   --quick      tiny sizes, one run each: shows that it runs, and its figures mean nothing
//   --only A,B   only these rows; the others in results.json stay
//   --runs N     how often each is measured (5)

import { parseArgs } from "node:util";
import { pathToFileURL } from "node:url";
import { CHECKOUT, ensureDependencies } from "../scripts/lib/dependencies.mjs";
import { shutDown } from "../scripts/lib/processes.mjs";
import { fail, MissingTool } from "../scripts/lib/run.mjs";
import { bundleBench } from "./lib/bundle.mjs";

const RUNS = 5;

try {
	const { values: flags } = parseArgs({
		options: {
			quick: { type: "boolean", default: false },
			only: { type: "string" },
			runs: { type: "string" },
		},
	});
	const runs = Number(flags.runs ?? (flags.quick ? 1 : RUNS));
	if (!Number.isSafeInteger(runs) || runs < 1) {
		throw new MissingTool("--runs takes a number from 1 on.");
	}
	await ensureDependencies();
	const main = await bundleBench(CHECKOUT);
	const { runBench } = await import(pathToFileURL(main).href);
	await runBench({ isQuick: flags.quick, only: flags.only?.split(",") ?? [], runs });
	await shutDown(0);
} catch (error) {
	fail(error);
}
