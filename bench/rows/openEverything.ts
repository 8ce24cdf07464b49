import { createIdentity } from "../../scripts/lib/databases.mjs";
import { inTurn, type Row } from "../lib/bench";
import type { Figure } from "../lib/figures";
import { inChild } from "../lib/inChild";

/** (a): a window of the history against all of it, in a database of ours and in the tutorial's. */
export const row: Row = {
	id: "open-everything",
	what: "host: connect → picture, against subscribing to everything",
	async measure(bench) {
		const figures: Figure[] = [];
		for (const kind of ["ours", "stock"] as const) {
			const messages = bench.sizes.middle;
			const place = await bench.seeded(kind, messages);
			// As on any day but the first; both would have an identity made else.
			const { token } = await createIdentity(place.url);
			const { ours, baseline } = await inTurn(
				bench,
				() => inChild("openOurs", { ...place, token }),
				() => inChild("openEverything", { ...place, kind, token }),
			);
			const sizes = { messages, shown: ours[0]?.messages ?? 0 };
			const where = kind === "ours" ? "our module" : "stock module";
			figures.push(
				{
					part: kind,
					what: `${where}: connect → picture, against (a) subscribing to everything`,
					unit: "ms",
					ours: ours.map(({ ms }) => ms),
					baseline: baseline.map(({ ms }) => ms),
					target: "≤ 0.05 ×",
					sizes,
				},
				{
					part: `${kind}-heap`,
					what: `${where}: memory after opening, against (a)`,
					unit: "bytes",
					ours: ours.map(({ heapBytes }) => heapBytes),
					baseline: baseline.map(({ heapBytes }) => heapBytes),
					sizes,
				},
				{
					part: `${kind}-rss`,
					what: `${where}: resident memory after opening, against (a)`,
					unit: "bytes",
					ours: ours.map(({ rssBytes }) => rssBytes),
					baseline: baseline.map(({ rssBytes }) => rssBytes),
					sizes,
				},
			);
		}
		return figures;
	},
};
