import { existsSync } from "node:fs";
import { join } from "node:path";
import manifest from "../../package.json";
import { CHECKOUT } from "../../scripts/lib/dependencies.mjs";
import { packageExtension } from "../../scripts/lib/extension.mjs";
import type { Measured } from "./figures";
import { PanelStage } from "./panelStage";
import { type Kind, type Seeded, startSeeded } from "./seeded";

/** Messages in the databases; own rows in that with a private room, as after years of messages. */
const SIZES = { small: 1_000, middle: 100_000, large: 1_000_000, private: 200_000 };
const QUICK_SIZES: typeof SIZES = { small: 1_000, middle: 1_000, large: 1_000, private: 1_000 };

/** Measures one row of the table. */
export type Row = (bench: Bench) => Promise<Measured>;

/** Measurements of ours and of the baseline, one of each a run. */
export class Runs<A, B> {
	readonly ours: A[] = [];
	readonly baseline: B[] = [];

	/** Returns the same figure of both sides. */
	both(figure: (measured: A | B) => number) {
		return { ours: this.ours.map(figure), baseline: this.baseline.map(figure) };
	}

	/** Returns a figure that the baseline does not have. */
	only(figure: (measured: A) => number) {
		return { ours: this.ours.map(figure) };
	}
}

/** The servers, the VS Code and the browser that the rows share; each starts at its first use. */
export class Bench {
	readonly sizes: typeof SIZES;
	readonly #seeded = new Map<string, Promise<Seeded>>();
	#vsix: Promise<string> | undefined;
	#stage: Promise<PanelStage> | undefined;

	/** @param isQuick uses as little as possible of everything, to show that every row works */
	constructor(
		readonly isQuick: boolean,
		readonly runs: number,
	) {
		this.sizes = isQuick ? QUICK_SIZES : SIZES;
	}

	/** Returns a server that every row may read from, and none may write to. */
	async seeded(kind: Kind, size: keyof typeof SIZES): Promise<Seeded> {
		const key = `${kind}-${this.sizes[size]}`;
		const seeded = this.#seeded.get(key) ?? startSeeded(kind, this.sizes[size]);
		this.#seeded.set(key, seeded);
		return seeded;
	}

	/** Uses a server with a small rooms database that the row may write to. */
	async withFresh<T>(use: (database: Seeded) => Promise<T>): Promise<T> {
		// A quick run needs no more than one server for each kind.
		if (this.isQuick) {
			return use(await this.seeded("rooms", "small"));
		}
		const database = await startSeeded("rooms", this.sizes.small);
		return use(database).finally(database.stop);
	}

	/** Returns the path of the packaged extension. */
	async vsix(): Promise<string> {
		const built = join(CHECKOUT, `${manifest.name}-${manifest.version}.vsix`);
		// A quick run follows the tests, which have just built it.
		this.#vsix ??= this.isQuick && existsSync(built) ? Promise.resolve(built) : packageExtension();
		return this.#vsix;
	}

	/** Returns the VS Code with the packaged extension, and a Chromium. */
	async stage(): Promise<PanelStage> {
		this.#stage ??= this.vsix().then((vsix) => PanelStage.set(vsix, this.isQuick));
		return this.#stage;
	}

	/** Counts the runs, and prints each number. */
	*eachRun(): Generator<number> {
		for (let run = 1; run <= this.runs; run++) {
			console.log(`  run ${run} of ${this.runs}`);
			yield run;
		}
	}

	/** Measures ours and the baseline in turn, so that other work of the machine slows down both. */
	async inTurn<A, B>(ours: () => Promise<A>, baseline: () => Promise<B>): Promise<Runs<A, B>> {
		const runs = new Runs<A, B>();
		for (const _run of this.eachRun()) {
			runs.ours.push(await ours());
			runs.baseline.push(await baseline());
		}
		return runs;
	}

	/** Measures the same of a large database, and as the baseline of a small one. */
	async largeAgainstSmall<T>(
		measure: (database: Seeded) => Promise<T>,
		kind: Kind = "rooms",
		size: keyof typeof SIZES = "large",
	) {
		const small = await this.seeded(kind, "small");
		const large = await this.seeded(kind, size);
		const runs = await this.inTurn(
			() => measure(large),
			() => measure(small),
		);
		const sizes = { messages: large.messages, baselineMessages: small.messages };
		return { runs, large, small, sizes };
	}

	async stop(): Promise<void> {
		await (await this.#stage)?.stop();
		for (const seeded of this.#seeded.values()) {
			await (await seeded).stop();
		}
	}
}
