// `npm run bench`: measures against what people would otherwise use, on a real server, in a real VS
// Code and a real Chromium. README.md beside this file explains the flags.

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
			base: { type: "string" },
		},
	});
	const { quick: isQuick, base, only = "" } = flags;
	const runs = Number(flags.runs ?? (isQuick ? 1 : RUNS));
	if (!Number.isSafeInteger(runs) || runs < 1) {
		throw new MissingTool("--runs takes a number from 1 on.");
	}
	await ensureDependencies();
	const main = await bundleBench(CHECKOUT);
	const { runBench } = await import(pathToFileURL(main).href);
	await runBench({ isQuick, base, only: only.split(",").filter(Boolean), runs });
	await shutDown(0);
} catch (error) {
	fail(error);
}
