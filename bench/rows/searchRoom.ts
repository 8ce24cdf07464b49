import { needle, NEEDLE_EVERY, wordOf } from "../../scripts/lib/seed.mjs";
import { inTurn, type Row } from "../lib/bench";
import { type Figure, NotMeasured } from "../lib/figures";
import { inChild } from "../lib/inChild";

/** (e): from the wish to the first results, over the whole room. */
export const row: Row = {
	id: "search",
	what: "search → first results",
	async measure(bench) {
		const { small, large } = bench.sizes;
		const [few, many] = [await bench.seeded("ours", small), await bench.seeded("ours", large)];
		/** A needle in the middle, so that neither end's nearness helps. */
		const searches = (messages: number) => ({
			rare: needle(Math.floor(messages / 2 / NEEDLE_EVERY) * NEEDLE_EVERY),
			common: wordOf(0),
			prefix: wordOf(200).slice(0, 3),
			"two-words": `${wordOf(3)} ${wordOf(40)}`,
		});
		const { ours, baseline } = await inTurn(
			bench,
			() => inChild("searchFor", { ...many, texts: Object.values(searches(large)) }),
			() => inChild("searchFor", { ...few, texts: Object.values(searches(small)) }),
		);
		if (ours.flat().some(({ scope }) => scope !== "room")) {
			throw new NotMeasured("the server's index has not caught up");
		}
		const names = Object.keys(searches(large));
		return names.map((part, index): Figure => ({
			part,
			what: `search for a ${part.replace("-", " ")} → first results, large room against small`,
			unit: "ms",
			ours: ours.map((found) => found[index]?.ms ?? Number.NaN),
			baseline: baseline.map((found) => found[index]?.ms ?? Number.NaN),
			sizes: {
				messages: large,
				baselineMessages: small,
				hits: ours[0]?.[index]?.hits ?? 0,
			},
		}));
	},
};
