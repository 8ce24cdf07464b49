import { inTurn, type Row } from "../lib/bench";
import { inChild } from "../lib/inChild";

/** Messages that somebody scrolls back. */
const SCROLLED = 10_000;

/** (a): what the host holds after opening and after much scrolling. */
export const row: Row = {
	id: "memory-host",
	what: "memory of the host after opening and after scrolling back",
	async measure(bench) {
		const messages = bench.isQuick ? bench.sizes.middle / 2 : SCROLLED;
		const [many, some] = [
			await bench.seeded("ours", bench.sizes.large),
			await bench.seeded("ours", bench.sizes.middle),
		];
		const { ours, baseline } = await inTurn(
			bench,
			() => inChild("scrollBack", { ...many, messages }),
			() => inChild("openEverything", { ...some, kind: "ours" }),
		);
		const sizes = {
			messages: many.messages,
			baselineMessages: some.messages,
			scrolled: ours[0]?.messages ?? 0,
		};
		const note = "the baseline at a tenth of our size: a million takes it gigabytes";
		return [
			{
				part: "opened",
				what: "host: heap after opening, against (a)",
				unit: "bytes",
				ours: ours.map(({ opened }) => opened.heapBytes),
				baseline: baseline.map(({ heapBytes }) => heapBytes),
				sizes,
				note,
			},
			{
				part: "opened-rss",
				what: "host: resident memory after opening, against (a)",
				unit: "bytes",
				ours: ours.map(({ opened }) => opened.rssBytes),
				baseline: baseline.map(({ rssBytes }) => rssBytes),
				sizes,
				note,
			},
			{
				part: "scrolled",
				what: "host: heap after scrolling back, against after opening",
				unit: "bytes",
				ours: ours.map(({ scrolled }) => scrolled.heapBytes),
				baseline: ours.map(({ opened }) => opened.heapBytes),
				sizes,
			},
			{
				part: "scrolled-rss",
				what: "host: resident memory after scrolling back, against after opening",
				unit: "bytes",
				ours: ours.map(({ scrolled }) => scrolled.rssBytes),
				baseline: ours.map(({ opened }) => opened.rssBytes),
				sizes,
			},
			{
				part: "page",
				what: "host: a page of 128 more while scrolling back",
				unit: "ms",
				ours: ours.map(({ ms, messages: walked }) => ms / (walked / 128)),
				sizes,
			},
		];
	},
};
