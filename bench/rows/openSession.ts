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
		const bySizes = `at ${large.toLocaleString("en")} against ${small.toLocaleString("en")}`;
		const sizes = { messages: large, baselineMessages: small };
		return [
			{
				part: "server",
				what: `server: first answer after a restart, ${bySizes}`,
				unit: "ms",
				ours: [many.loadMs],
				baseline: [few.loadMs],
				sizes,
				note: "it reads its log again; the panel gives up after 15 s and tries again",
			},
			{
				what: `host: connect → picture, ${bySizes}`,
				unit: "ms",
				ours: ours.map(({ ms }) => ms),
				baseline: baseline.map(({ ms }) => ms),
				target: "≤ 1.2 ×",
				sizes: { ...sizes, shown: ours[0]?.messages ?? 0 },
			},
		];
	},
};
