import type { Row } from "../lib/bench";
import type { Figure } from "../lib/figures";
import { type Activation, MINIMAL, OURS, StopwatchStage } from "../lib/stopwatch";

/** (d): what our extension costs a window that does not use it. */
export const row: Row = {
	id: "activation",
	what: "activation in the extension host",
	async measure(bench) {
		// The files of the package, as they are built now.
		await bench.vsix();
		const stage = await StopwatchStage.set();
		const [ours, baseline]: [Activation[], Activation[]] = [[], []];
		try {
			for (let run = 1; run <= bench.runs; run++) {
				bench.tell(`run ${run} of ${bench.runs}`);
				// Whoever is first pays for what both need.
				const ids = run % 2 === 1 ? [OURS, MINIMAL] : [MINIMAL, OURS];
				const { [OURS]: our, [MINIMAL]: minimal } = await stage.activate(ids);
				if (our === undefined || minimal === undefined) {
					throw new Error("The stopwatch did not report both.");
				}
				ours.push(our);
				baseline.push(minimal);
			}
		} finally {
			await stage.stop();
		}
		const figure = (part: keyof Activation, what: string, target?: string): Figure => ({
			part,
			what: `${what}, against (d) the least extension with a webview view`,
			unit: "ms",
			ours: ours.map((times) => times[part]),
			baseline: baseline.map((times) => times[part]),
			...(target === undefined ? {} : { target }),
		});
		return [
			figure("activateMs", "activate()", "≤ 1.5 ×"),
			figure("loadMs", "loading the host's code"),
			figure("allMs", "activation as a whole, with what VS Code does for it", "≤ 1.5 ×"),
		];
	},
};
