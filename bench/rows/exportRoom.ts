import { inTurn, type Row } from "../lib/bench";
import { inChild } from "../lib/inChild";

/** (e): the whole room to a file, with much in it against little. */
export const row: Row = {
	id: "export",
	what: "export of a room",
	async measure(bench) {
		const { small, large } = bench.sizes;
		const [few, many] = [await bench.seeded("ours", small), await bench.seeded("ours", large)];
		const { ours, baseline } = await inTurn(
			bench,
			() => inChild("exportAll", many),
			() => inChild("exportAll", few),
		);
		const sizes = {
			messages: ours[0]?.messages ?? 0,
			baselineMessages: baseline[0]?.messages ?? 0,
			bytes: ours[0]?.bytes ?? 0,
		};
		return [
			{
				what: `export of ${large.toLocaleString("en")} messages to JSON`,
				unit: "ms",
				ours: ours.map(({ ms }) => ms),
				sizes,
			},
			{
				part: "throughput",
				what: `export: messages a second, at ${large.toLocaleString("en")} against ${small.toLocaleString("en")}`,
				unit: "messages/s",
				ours: ours.map(({ messages, ms }) => (messages / ms) * 1_000),
				baseline: baseline.map(({ messages, ms }) => (messages / ms) * 1_000),
				sizes,
				note: "more is better",
			},
			{
				part: "memory",
				what: "export: most resident memory over that before, large against small",
				unit: "bytes",
				ours: ours.map(({ rssGrowthBytes }) => rssGrowthBytes),
				baseline: baseline.map(({ rssGrowthBytes }) => rssGrowthBytes),
				sizes,
			},
		];
	},
};
