import type { Row } from "../lib/bench";
import type { Figure } from "../lib/figures";
import { type Activation, COMMANDS, MINIMAL, OURS, StopwatchStage } from "../lib/stopwatch";

/** (d): what our extension costs a window that does not use it. */
export const row: Row = {
	id: "activation",
	what: "activation in the extension host",
	async measure(bench) {
		// The files of the package, as they are built now.
		await bench.vsix();
		const stage = await StopwatchStage.set();
		const [ours, baseline, commands]: [Activation[], Activation[], Activation[]] = [[], [], []];
		try {
			for (let run = 1; run <= bench.runs; run++) {
				bench.tell(`run ${run} of ${bench.runs}`);
				// Whoever is first pays for what all need.
				const ids = [OURS, MINIMAL, COMMANDS];
				const times = await stage.activate([...ids.slice(run % 3), ...ids.slice(0, run % 3)]);
				const { [OURS]: our, [MINIMAL]: minimal, [COMMANDS]: commanded } = times;
				if (our === undefined || minimal === undefined || commanded === undefined) {
					throw new Error("The stopwatch did not report all.");
				}
				ours.push(our);
				baseline.push(minimal);
				commands.push(commanded);
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
			{
				part: "same-commands",
				what: "activate(), against (d) with as many commands",
				unit: "ms",
				ours: ours.map(({ activateMs }) => activateMs),
				baseline: commands.map(({ activateMs }) => activateMs),
			},
			figure("loadMs", "loading the host's code"),
			figure("allMs", "activation as a whole, with what VS Code does for it", "≤ 1.5 ×"),
		];
	},
};
