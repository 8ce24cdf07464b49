import { needle, NEEDLE_EVERY, wordOf } from "../../scripts/lib/seed.mjs";
import type { Bench } from "../lib/bench";
import { shipped } from "../lib/inChild";

export const wholeRoom = { search, export: exportRoom };

/** (e): from the request to the first results, over the whole room. */
async function search(bench: Bench) {
	const { runs } = await bench.largeAgainstSmall((database) => {
		// A word in the middle, which is near neither end.
		const rare = needle(Math.floor(database.messages / 2 / NEEDLE_EVERY) * NEEDLE_EVERY);
		const texts = [rare, wordOf(0), wordOf(200).slice(0, 3), `${wordOf(3)} ${wordOf(40)}`];
		return shipped.search({ ...database, texts });
	});
	if ([...runs.ours, ...runs.baseline].flat().some(({ scope }) => scope !== "room")) {
		throw new Error("The server's index is not complete.");
	}
	const figure = (index: number) => runs.both((found) => found[index]?.ms ?? Number.NaN);
	return {
		figures: {
			"search.rare": figure(0),
			"search.common": figure(1),
			"search.prefix": figure(2),
			"search.two-words": figure(3),
		},
	};
}

/** (e): the export of a whole room to a file. */
async function exportRoom(bench: Bench) {
	const { runs, sizes } = await bench.largeAgainstSmall(shipped.exportAll);
	return {
		sizes,
		figures: {
			export: runs.only(({ ms }) => ms),
			"export.throughput": runs.both(({ messages, ms }) => (messages / ms) * 1_000),
			"export.memory": runs.both(({ rssGrowthBytes }) => rssGrowthBytes),
		},
	};
}
