import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { CHECKOUT } from "../../scripts/lib/dependencies.mjs";
import { temporaryFolder } from "../../scripts/lib/processes.mjs";
import { MissingTool, run } from "../../scripts/lib/run.mjs";
import type { Options } from "../main";
import { LINES, median, type Result, tableOf, textOf, written } from "./figures";

/** The ratio to the base from which a figure counts as worse. */
const WORSE = 1.1;
const SIDES = ["base", "change"] as const;

/**
 * Measures a base revision and this checkout in turn, each with its own sources and its own bench.
 * Prints the medians.
 * @param measureChange measures this checkout once
 * @throws MissingTool with the figures that are worse, or missing
 */
export async function compareInTurn(
	base: string,
	{ isQuick, only, runs }: Options,
	measureChange: () => Promise<Result[]>,
): Promise<void> {
	const checkout = temporaryFolder("spacetimedb-chat-bench-base");
	const git = async (...args: string[]) =>
		run("git", ["worktree", ...args], { cwd: CHECKOUT, label: `Worktree of ${base}` });
	const flags = [isQuick ? ["--quick"] : [], only.length > 0 ? ["--only", only.join()] : []];
	const path = join(checkout, isQuick ? "out" : "", "bench", "results.json");
	const measureBase = async () => {
		await rm(path, { force: true });
		const args = [join("bench", "run.mjs"), "--runs", "1", ...flags.flat()];
		const options = { cwd: checkout, label: `Measuring ${base}` };
		// A row that fails there fails the run, after the other rows have been measured.
		await run(process.execPath, args, options).catch(console.error);
		return JSON.parse(await readFile(path, "utf8")) as Result[];
	};
	const measure = { base: measureBase, change: measureChange };
	const sides = { base: [] as Result[], change: [] as Result[] };
	await git("add", "--detach", checkout, base);
	try {
		for (let pass = 1; pass <= runs; pass++) {
			console.log(`\n— pass ${pass} of ${runs}`);
			// The side that begins alternates, so that a slow drift of the machine meets both.
			for (const side of pass % 2 === 1 ? SIDES : SIDES.toReversed()) {
				sides[side].push(...(await measure[side]()));
			}
		}
	} finally {
		await git("remove", "--force", checkout);
	}
	await print(sides, runs);
}

async function print(sides: Readonly<Record<(typeof SIDES)[number], Result[]>>, runs: number) {
	const lines = sides.change.slice(0, sides.change.length / runs).map((result) => {
		const { id } = result;
		const [base, change] = SIDES.map((side) =>
			median(sides[side].flatMap((one) => (one.id === id ? (one.ours ?? []) : []))),
		) as [number, number];
		const ratio = change === base ? 1 : change / base;
		const { unit, better } = LINES[id];
		const isWorse = !(better === "more" ? ratio >= 1 / WORSE : ratio <= WORSE);
		const values = [written(change, unit), written(base, unit), ratio.toPrecision(3)];
		return [id, textOf(result), ...values, isWorse ? "worse" : ""];
	});
	lines.unshift(["id", "what", "change", "base", "ratio", ""]);
	console.log(`\n${await tableOf(lines)}`);
	const worse = lines.filter((line) => line.at(-1) !== "").map(([id]) => id);
	if (worse.length > 0) {
		throw new MissingTool(`Worse than ${WORSE} times the base: ${worse.join(", ")}.`);
	}
}
