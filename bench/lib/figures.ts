import { format } from "prettier";
import lines from "../table.json";

/** The part of an id before the dot names the row that measures the figure. */
export type FigureId = keyof typeof lines;
type Unit = "ms" | "bytes" | "count" | "frames" | "cpu-s/min" | "messages/s";
type Sizes = Readonly<Record<string, number>>;

/** The text of one line of the table, with sizes in braces. */
interface ComposerInput {
	readonly what: string;
	readonly unit: Unit;
	readonly target?: string;
	/** Absent where less is better. */
	readonly better?: "more";
}

export const LINES = lines as Readonly<Record<FigureId, ComposerInput>>;
export const IDS = Object.keys(lines) as FigureId[];

/** One value of each run, beside the same of the baseline. */
type Figure = Readonly<{ ours: readonly number[]; baseline?: readonly number[] }>;
/** The outcome of one row: a figure for each of its lines, and the sizes of its databases. */
export type Measured = Readonly<{ sizes?: Sizes; figures: Partial<Record<FigureId, Figure>> }>;

/** One entry of `results.json`: medians. A figure that this machine does not count is absent. */
export interface Result {
	readonly id: FigureId;
	readonly ours?: number;
	readonly baseline?: number;
	/** Ours divided by the baseline. */
	readonly ratio?: number;
	readonly runs?: number;
	/** The least and the most of our runs. */
	readonly spread?: readonly [number, number];
	readonly sizes?: Sizes | undefined;
	/** The reason why the row failed. */
	readonly failure?: string;
}

/** Returns the middle value; of an even number, the mean of the middle two. `NaN` of none. */
export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
	return low === undefined || high === undefined ? Number.NaN : (low + high) / 2;
}

export function resultOf(id: FigureId, figure: Figure, sizes: Sizes | undefined): Result {
	const { ours, baseline = [] } = figure;
	const [middle, base] = [median(ours), median(baseline)];
	if (Number.isNaN(middle)) {
		return { id, sizes };
	}
	return {
		...{ id, ours: rounded(middle) },
		...(Number.isNaN(base) ? {} : { baseline: rounded(base) }),
		...(base > 0 ? { ratio: rounded(middle / base) } : {}),
		runs: ours.length,
		spread: [rounded(Math.min(...ours)), rounded(Math.max(...ours))],
		sizes,
	};
}

/** Rounds to four digits, so that the file changes only where a figure does. */
function rounded(value: number): number {
	return Number.isInteger(value) ? value : Number(value.toPrecision(4));
}

/** Returns the text of a line with its sizes filled in. */
export function textOf({ id, sizes }: Result): string {
	return LINES[id].what.replace(/\{(\w+)\}/g, (_, name: string) =>
		(sizes?.[name] ?? Number.NaN).toLocaleString("en"),
	);
}

/** Returns a value in three digits with its unit. */
export function written(value: number, unit: Unit): string {
	switch (unit) {
		case "ms":
			return value >= 10_000 ? `${three(value / 1_000)} s` : `${three(value)} ms`;
		case "bytes":
			if (Math.abs(value) >= 1_024 ** 2) {
				return `${three(value / 1_024 ** 2)} MiB`;
			}
			return Math.abs(value) < 1_024 ? `${three(value)} B` : `${three(value / 1_024)} KiB`;
		case "cpu-s/min":
			return `${three(value)} s/min`;
		case "messages/s":
			return `${three(value)}/s`;
		default:
			return three(value);
	}
}

function three(value: number): string {
	return (value < 1_000 ? Number(value.toPrecision(3)) : Math.round(value)).toLocaleString("en");
}

/** Returns an aligned table. @param rows cells, the head first */
export async function tableOf([head = [], ...rows]: readonly (readonly string[])[]) {
	const lines = [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`);
	return format(lines.join("\n"), { parser: "markdown" });
}
