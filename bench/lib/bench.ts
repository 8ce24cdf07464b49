import type { Figure, Unmeasured } from "./figures";
import type { PanelStage } from "./panelStage";
import type { Kind, Seeded } from "./seeded";

/** Messages in the databases, by name. */
export interface Sizes {
	readonly small: number;
	readonly middle: number;
	readonly large: number;
	/** Own rows of a private room, which a person's talk of years may come to. */
	readonly private: number;
}

/** What a row measures with. */
export interface Bench {
	/** How often everything is measured. */
	readonly runs: number;
	/** Only whether it runs is of interest: as little as possible of everything. */
	readonly isQuick: boolean;
	readonly sizes: Sizes;
	/** A server that every row may read from, and none writes to. */
	seeded(kind: Kind, messages: number): Promise<Seeded>;
	/** A server of the row's own, which it may write to and has to stop. */
	fresh(kind: Kind, messages: number): Promise<Seeded>;
	/** The VS Code with the packaged extension, and a Chromium. */
	stage(): Promise<PanelStage>;
	/** The packaged extension's path. */
	vsix(): Promise<string>;
	/** Tells whoever waits how far it is. */
	tell(text: string): void;
}

/** One row of the table, or several that are measured together. */
export interface Row {
	readonly id: string;
	/** What is measured, in a few words. */
	readonly what: string;
	/** @throws NotMeasured with the reason, if it can't be measured here */
	measure(bench: Bench): Promise<readonly (Figure | Unmeasured)[]>;
}

export interface Pair<A, B> {
	readonly ours: readonly A[];
	readonly baseline: readonly B[];
}

/** Measures ours and the baseline in turn, so that what the machine does meanwhile meets both. */
export async function inTurn<A, B>(
	bench: Bench,
	ours: () => Promise<A>,
	baseline: () => Promise<B>,
): Promise<Pair<A, B>> {
	const pair = { ours: [] as A[], baseline: [] as B[] };
	for (let run = 1; run <= bench.runs; run++) {
		bench.tell(`run ${run} of ${bench.runs}`);
		pair.ours.push(await ours());
		pair.baseline.push(await baseline());
	}
	return pair;
}
