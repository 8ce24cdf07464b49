import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CHECKOUT } from "../scripts/lib/dependencies.mjs";
import { MissingTool } from "../scripts/lib/run.mjs";
import { Bench, type Row } from "./lib/bench";
import { compareInTurn } from "./lib/compare";
import { IDS, LINES, type Result, resultOf, tableOf, textOf, written } from "./lib/figures";
import { activation } from "./rows/activation";
import { floods } from "./rows/flood";
import { floodView } from "./rows/floodView";
import { idleServer } from "./rows/idleServer";
import { memory } from "./rows/memory";
import { opening } from "./rows/open";
import { wholeRoom } from "./rows/wholeRoom";
import { sending } from "./rows/send";
import { sizes } from "./rows/sizes";

/** The rows by the names that their figures begin with. */
const ROWS: Readonly<Record<string, Row>> = {
	...opening,
	...sending,
	...floods,
	"flood-view": floodView,
	...memory,
	...wholeRoom,
	"idle-server": idleServer,
	activation,
	sizes,
};
const [BEGIN, END] = ["<!-- results: begin -->", "<!-- results: end -->"];

export interface Options {
	/** Shows that every row works, with figures that mean nothing. */
	readonly isQuick: boolean;
	/** Names of rows; all, if there are none. */
	readonly only: readonly string[];
	readonly runs: number;
	/** A revision of git to compare this checkout with. */
	readonly base: string | undefined;
}

/**
 * Measures, prints the table, and writes the results. With a base, prints the comparison alone.
 * @throws MissingTool for an unknown row
 */
export async function runBench(options: Options): Promise<void> {
	const unknown = options.only.filter((name) => ROWS[name] === undefined);
	if (unknown.length > 0) {
		const known = Object.keys(ROWS).join(", ");
		throw new MissingTool(`There is no row ${unknown.join(", ")}; there are ${known}.`);
	}
	if (options.base !== undefined) {
		await compareInTurn(options.base, options, () => measure({ ...options, runs: 1 }));
		return;
	}
	const results = await measure(options);
	console.log(`\n${await tableOfResults(results)}`);
	// The results of a quick run stay apart from the others.
	await write(join(CHECKOUT, options.isQuick ? "out" : "", "bench"), results);
	const failed = results.filter(({ failure }) => failure !== undefined);
	if (failed.length > 0) {
		throw new Error(`These figures failed: ${failed.map(({ id }) => id).join(", ")}.`);
	}
}

async function measure({ isQuick, only, runs }: Options): Promise<Result[]> {
	const bench = new Bench(isQuick, runs);
	const results: Result[] = [];
	try {
		for (const [name, row] of Object.entries(ROWS)) {
			if (only.length === 0 || only.includes(name)) {
				console.log(`\n— ${name}`);
				const began = Date.now();
				results.push(...(await resultsOf(name, row, bench)));
				console.log(`  ${((Date.now() - began) / 1_000).toFixed(0)} s`);
			}
		}
	} finally {
		await bench.stop();
	}
	return results;
}

/** Returns the results of a row. A row that fails stops no other; the run fails at its end. */
async function resultsOf(name: string, row: Row, bench: Bench): Promise<Result[]> {
	const ids = IDS.filter((id) => id === name || id.startsWith(`${name}.`));
	try {
		const { sizes, figures } = await row(bench);
		return ids.map((id) => {
			const figure = figures[id];
			if (figure === undefined) {
				throw new Error(`The row ${name} has no figure ${id}.`);
			}
			return resultOf(id, figure, sizes);
		});
	} catch (error) {
		console.error(error);
		return ids.map((id) => ({ id, failure: String(error).split("\n")[0] ?? "" }));
	}
}

async function tableOfResults(results: readonly Result[]): Promise<string> {
	const cells = results.map((result) => {
		const { id, ours, baseline, ratio, failure = "not measured" } = result;
		const { unit, target = "" } = LINES[id];
		return [
			...[id, textOf(result), ours === undefined ? failure : written(ours, unit)],
			baseline === undefined ? "" : written(baseline, unit),
			...[ratio?.toPrecision(3) ?? "", target],
		];
	});
	return tableOf([["id", "what", "ours", "baseline", "ratio", "target"], ...cells]);
}

/** Writes the results among those of other rows, and the table of all into the README. */
async function write(folder: string, results: readonly Result[]): Promise<void> {
	await mkdir(folder, { recursive: true });
	const path = join(folder, "results.json");
	const before = existsSync(path) ? (JSON.parse(await readFile(path, "utf8")) as Result[]) : [];
	const all = IDS.flatMap(
		(wanted) => [...results, ...before].find(({ id }) => id === wanted) ?? [],
	);
	await writeFile(path, `${JSON.stringify(all, undefined, "\t")}\n`);
	const readme = join(folder, "README.md");
	if (existsSync(readme)) {
		const [head = "", rest = ""] = (await readFile(readme, "utf8")).split(BEGIN);
		const table = await tableOfResults(all);
		await writeFile(readme, [head, BEGIN, `\n\n${table}\n`, END, rest.split(END)[1]].join(""));
	}
}
