// Results as tables, for the screen and for the README.

/** @typedef {import("./figures").Result} Result */

/** @param {number} value @param {import("./figures").Unit | undefined} unit */
function written(value, unit) {
	const three = (/** @type {number} */ number) =>
		number >= 1_000
			? Math.round(number).toLocaleString("en")
			: String(Number(number.toPrecision(3)));
	switch (unit) {
		case "ms":
			return value >= 10_000 ? `${three(value / 1_000)} s` : `${three(value)} ms`;
		case "bytes":
			if (Math.abs(value) < 1024) {
				return `${three(value)} B`;
			}
			return Math.abs(value) >= 1024 * 1024
				? `${three(value / 1024 / 1024)} MiB`
				: `${three(value / 1024)} KiB`;
		case "cpu-s/min":
			return `${three(value)} s/min`;
		case "messages/s":
			return `${three(value)}/s`;
		default:
			return three(value);
	}
}

/** @param {Result} result @returns {string[]} */
function cells({ id, what, unit, ours, baseline, ratio, target, notMeasured }) {
	if (ours === undefined) {
		return [id, what, `not measured: ${notMeasured ?? ""}`, "", "", ""];
	}
	return [
		id,
		what,
		written(ours, unit),
		baseline === undefined ? "" : written(baseline, unit),
		ratio === undefined ? "" : ratio.toPrecision(3),
		target ?? "",
	];
}

const HEAD = ["id", "what", "ours", "baseline", "ratio", "target"];

/** For a screen. @param {readonly Result[]} results */
export function tableOf(results) {
	const lines = [HEAD, ...results.map(cells)];
	const widths = HEAD.map((_, column) =>
		Math.max(
			...lines.map((line) => (line[2]?.startsWith("not") ? 0 : [...(line[column] ?? "")].length)),
		),
	);
	return lines
		.map((line) =>
			line
				.map((cell, column) => cell.padEnd(widths[column] ?? 0))
				.join("  ")
				.trimEnd(),
		)
		.join("\n");
}

/** For a README. @param {readonly Result[]} results */
export function markdownOf(results) {
	const line = (/** @type {string[]} */ row) => `| ${row.join(" | ")} |`;
	return [
		line(HEAD),
		line(HEAD.map(() => "---")),
		...results.map((result) => line(cells(result))),
	].join("\n");
}
