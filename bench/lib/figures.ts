/** How one kind of figure is written. */
export type Unit = "ms" | "bytes" | "count" | "frames" | "cpu-s/min" | "messages/s";

/** A figure that can't be had here, while others of its row can. */
export interface Unmeasured {
	readonly part?: string;
	readonly what: string;
	readonly notMeasured: string;
}

/** Beside the figure of ours, the same of what people would otherwise use, in the same runs. */
export interface Figure {
	/** Behind the row's id, if a row has more than one figure. */
	readonly part?: string;
	/** Ours, against what. */
	readonly what: string;
	readonly unit: Unit;
	/** One for each run. */
	readonly ours: readonly number[];
	readonly baseline?: readonly number[];
	/** What `shared/quality.md` or the issue asks for, as a person would say it. */
	readonly target?: string;
	/** How much of what was there, such as `{ messages: 1_000_000 }`. */
	readonly sizes?: Readonly<Record<string, number>>;
	/** What a reader must know to not misread the figure. */
	readonly note?: string;
}

/** One line of `results.json`. */
export interface Result {
	readonly id: string;
	readonly what: string;
	readonly unit?: Unit;
	readonly ours?: number;
	readonly baseline?: number;
	/** Ours by the baseline's. */
	readonly ratio?: number;
	readonly runs?: number;
	/** The least and the most of our runs. */
	readonly spread?: readonly [number, number];
	readonly target?: string;
	readonly sizes?: Readonly<Record<string, number>>;
	readonly note?: string;
	/** Why there is no figure. */
	readonly notMeasured?: string;
}

/** What a row throws when it can't be measured here, with the reason. */
export class NotMeasured extends Error {
	override readonly name = "NotMeasured";
}

/** The middle one; of an even number, the mean of the two in the middle. `NaN` of none. */
export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
	return low === undefined || high === undefined ? Number.NaN : (low + high) / 2;
}

export function resultOf(rowId: string, figure: Figure | Unmeasured): Result {
	const { part, what } = figure;
	const id = part === undefined ? rowId : `${rowId}.${part}`;
	if ("notMeasured" in figure) {
		return { id, what, notMeasured: figure.notMeasured };
	}
	const { unit, target, sizes, note } = figure;
	const ours = median(figure.ours);
	const baseline = figure.baseline === undefined ? undefined : median(figure.baseline);
	return {
		id,
		what,
		unit,
		ours: rounded(ours),
		...(baseline === undefined
			? {}
			: {
					baseline: rounded(baseline),
					...(baseline > 0 ? { ratio: rounded(ours / baseline) } : {}),
				}),
		runs: figure.ours.length,
		...(figure.ours.length > 1
			? { spread: [rounded(Math.min(...figure.ours)), rounded(Math.max(...figure.ours))] as const }
			: {}),
		...(target === undefined ? {} : { target }),
		...(sizes === undefined ? {} : { sizes }),
		...(note === undefined ? {} : { note }),
	};
}

/** To four digits, so that the file shows a change where there is one. */
function rounded(value: number): number {
	return Number.isInteger(value) ? value : Number(value.toPrecision(4));
}
