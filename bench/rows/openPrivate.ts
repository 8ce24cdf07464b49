import { inTurn, type Row } from "../lib/bench";
import { median } from "../lib/figures";
import { inChild } from "../lib/inChild";

/** (e): a private room, where each member has a row of its own for every message. */
export const row: Row = {
	id: "open-private",
	what: "host: a private room, large against small",
	async measure(bench) {
		const { small, private: large } = bench.sizes;
		const [few, many] = [
			await bench.seeded("private", small),
			await bench.seeded("private", large),
		];
		const { ours, baseline } = await inTurn(
			bench,
			() => inChild("openPrivate", many),
			() => inChild("openPrivate", few),
		);
		const bySizes = `at ${large.toLocaleString("en")} own rows against ${small.toLocaleString("en")}`;
		const sizes = { messages: large, baselineMessages: small, shown: ours[0]?.messages ?? 0 };
		return [
			{
				part: "page",
				what: `host: a page of a private room, asked for → held, ${bySizes}`,
				unit: "ms",
				ours: ours.map(({ pageMs }) => median(pageMs)),
				baseline: baseline.map(({ pageMs }) => median(pageMs)),
				target: "≤ 30 ms",
				sizes,
				note: "the server looks the filter's index up, which has all own rows",
			},
			{
				part: "page-cpu",
				what: `server: CPU for a page of a private room, ${bySizes}`,
				unit: "ms",
				ours: ours.map(({ pageCpuMs }) => pageCpuMs),
				baseline: baseline.map(({ pageCpuMs }) => pageCpuMs),
				sizes,
				note: "Linux counts CPU in steps of 10 ms, here over twenty pages",
			},
			{
				part: "enter",
				what: `host: entering a private room → its newest messages, ${bySizes}`,
				unit: "ms",
				ours: ours.map(({ enterMs }) => enterMs),
				baseline: baseline.map(({ enterMs }) => enterMs),
				sizes,
				note: "seven pages at once: the newest three and four ahead",
			},
			{
				part: "read",
				what: `host: a page of a private room read once, as search and export do, ${bySizes}`,
				unit: "ms",
				ours: ours.map(({ readMs }) => median(readMs)),
				baseline: baseline.map(({ readMs }) => median(readMs)),
				sizes,
			},
		];
	},
};
