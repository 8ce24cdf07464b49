import { inTurn, type Row } from "../lib/bench";
import { inChild } from "../lib/inChild";

/** (e): what the host does on opening, with much in the database against little. */
export const row: Row = {
	id: "open-session",
	what: "host: connect → picture, large room against small",
	async measure(bench) {
		const { small, large } = bench.sizes;
		const [few, many] = [await bench.seeded("ours", small), await bench.seeded("ours", large)];
		const { ours, baseline } = await inTurn(
			bench,
			() => inChild("openOurs", many),
			() => inChild("openOurs", few),
		);
		return [
			{
				what: `host: connect → picture, at ${large.toLocaleString("en")} against ${small.toLocaleString("en")}`,
				unit: "ms",
				ours: ours.map(({ ms }) => ms),
				baseline: baseline.map(({ ms }) => ms),
				target: "≤ 1.2 ×",
				sizes: { messages: large, baselineMessages: small, shown: ours[0]?.messages ?? 0 },
			},
		];
	},
};
