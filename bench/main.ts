import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import manifest from "../package.json";
import { CHECKOUT } from "../scripts/lib/dependencies.mjs";
import { packageExtension } from "../scripts/lib/extension.mjs";
import { MissingTool } from "../scripts/lib/run.mjs";
import type { Bench, Row, Sizes } from "./lib/bench";
import { NotMeasured, type Result, resultOf } from "./lib/figures";
import { PanelStage } from "./lib/panelStage";
import { type Kind, type Seeded, startSeeded } from "./lib/seeded";
import { tableOf } from "./lib/tables.mjs";
import { row as activation } from "./rows/activation";
import { row as bytesOpen } from "./rows/bytesOpen";
import { row as exportRoom } from "./rows/exportRoom";
import { row as idleServer } from "./rows/idleServer";
import { row as memoryHost } from "./rows/memoryHost";
import { row as sendPaint } from "./rows/sendPaint";
import { row as memoryView } from "./rows/memoryView";
import { row as floodHost } from "./rows/floodHost";
import { row as flood } from "./rows/flood";
import { row as floodView } from "./rows/floodView";
import { row as openEverything } from "./rows/openEverything";
import { row as openPanel } from "./rows/openPanel";
import { row as openPrivate } from "./rows/openPrivate";
import { row as openSession } from "./rows/openSession";
import { row as searchRoom } from "./rows/searchRoom";
import { row as sendAck } from "./rows/sendAck";
import { row as sizes } from "./rows/sizes";

/** In the order of the table. */
const ROWS: readonly Row[] = [
	openPanel,
	openSession,
	openPrivate,
	openEverything,
	bytesOpen,
	sendAck,
	sendPaint,
	flood,
	floodView,
	floodHost,
	memoryHost,
	memoryView,
	searchRoom,
	exportRoom,
	idleServer,
	activation,
	sizes,
];

const SIZES: Sizes = { small: 1_000, middle: 100_000, large: 1_000_000, private: 200_000 };
const QUICK_SIZES: Sizes = { small: 1_000, middle: 1_000, large: 1_000, private: 1_000 };

export interface Options {
	readonly isQuick: boolean;
	/** Ids of rows; all, if there are none. */
	readonly only: readonly string[];
	readonly runs: number;
}

/** Measures, prints the table, and writes the results. @throws MissingTool for a row that there is not */
export async function runBench({ isQuick, only, runs }: Options): Promise<void> {
	const unknown = only.filter((id) => !ROWS.some((row) => row.id === id));
	if (unknown.length > 0) {
		const ids = ROWS.map(({ id }) => id).join(", ");
		throw new MissingTool(`There is no row ${unknown.join(", ")}; there are ${ids}.`);
	}
	const rows = ROWS.filter(({ id }) => only.length === 0 || only.includes(id));
	const results: Result[] = [];
	const kit = new Kit(isQuick, runs);
	try {
		for (const row of rows) {
			console.log(`\n— ${row.id}: ${row.what}`);
			results.push(...(await resultsOf(row, kit)));
		}
	} finally {
		await kit.stop();
	}
	console.log(`\n${tableOf(results)}\n`);
	await write(results, isQuick, rows);
	const failed = results.filter(({ hasFailed }) => hasFailed);
	if (failed.length > 0) {
		throw new Error(`These rows failed: ${failed.map(({ id }) => id).join(", ")}.`);
	}
}

/** A row that fails takes nothing from the others; the run fails at its end. */
async function resultsOf(row: Row, bench: Bench): Promise<Result[]> {
	const began = Date.now();
	try {
		const figures = await row.measure(bench);
		return figures.map((figure) => resultOf(row.id, figure));
	} catch (error) {
		if (error instanceof NotMeasured) {
			return [{ id: row.id, what: row.what, notMeasured: error.message }];
		}
		console.error(error);
		const message = error instanceof Error ? error.message : String(error);
		return [{ id: row.id, what: row.what, notMeasured: message, hasFailed: true }];
	} finally {
		console.log(`  ${((Date.now() - began) / 1_000).toFixed(0)} s`);
	}
}

/** The figures of a quick run mean nothing, so they are not put among the others. */
async function write(
	results: readonly Result[],
	isQuick: boolean,
	rows: readonly Row[],
): Promise<void> {
	const path = isQuick
		? join(CHECKOUT, "out", "bench", "results.json")
		: join(CHECKOUT, "bench", "results.json");
	const isOf = (id: string, row: Row) => id === row.id || id.startsWith(`${row.id}.`);
	const before = existsSync(path) ? (JSON.parse(await readFile(path, "utf8")) as Result[]) : [];
	const kept = before.filter(({ id }) => !rows.some((row) => isOf(id, row)));
	const placeOf = ({ id }: Result) => ROWS.findIndex((row) => isOf(id, row));
	const all = [...kept, ...results].sort((a, b) => placeOf(a) - placeOf(b));
	await mkdir(dirname(path), { recursive: true });
	await writeFile(path, `${JSON.stringify(all, undefined, "\t")}\n`);
}

/** What the rows share, made when it is first asked for. */
class Kit implements Bench {
	readonly sizes: Sizes;
	readonly #seeded = new Map<string, Promise<Seeded>>();
	#vsix: Promise<string> | undefined;
	#stage: Promise<PanelStage> | undefined;

	constructor(
		readonly isQuick: boolean,
		readonly runs: number,
	) {
		this.sizes = isQuick ? QUICK_SIZES : SIZES;
	}

	async seeded(kind: Kind, messages: number): Promise<Seeded> {
		const key = `${kind}-${messages}`;
		const seeded = this.#seeded.get(key) ?? startSeeded(kind, messages);
		this.#seeded.set(key, seeded);
		return seeded;
	}

	async fresh(kind: Kind, messages: number): Promise<Seeded> {
		// One server for each kind is enough to see that everything runs.
		return this.isQuick
			? { ...(await this.seeded(kind, messages)), stop: async () => Promise.resolve() }
			: startSeeded(kind, messages);
	}

	async vsix(): Promise<string> {
		const built = join(CHECKOUT, `${manifest.name}-${manifest.version}.vsix`);
		// A quick run follows the tests, which have just built it.
		this.#vsix ??= this.isQuick && existsSync(built) ? Promise.resolve(built) : packageExtension();
		return this.#vsix;
	}

	async stage(): Promise<PanelStage> {
		this.#stage ??= this.vsix().then((vsix) => PanelStage.set(vsix, this.isQuick));
		return this.#stage;
	}

	tell(text: string): void {
		console.log(`  ${text}`);
	}

	async stop(): Promise<void> {
		await (await this.#stage)?.stop();
		for (const seeded of this.#seeded.values()) {
			await (await seeded).stop();
		}
	}
}
