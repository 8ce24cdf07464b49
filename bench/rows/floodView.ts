import { flood, type FloodSeen, PER_POST, POST_MS } from "../../test/page/support/flood";
import { History, spoken } from "../../test/page/support/history";
import { PanelPage, startBrowser } from "../../test/page/support/panelPage";
import buildView from "../../test/page/support/setup";
import { MAX_VIEW_ENTRIES } from "../../src/shared/chat";
import type { Row } from "../lib/bench";

const SECONDS = 10;
/** Messages that are there before. */
const BEFORE = 5_000;

/** What a flood costs the view, without the workbench, the host and the server that share the machine. */
export const row: Row = {
	id: "flood-view",
	what: `2,000 messages a second for ${SECONDS} s, in a view with a thread of its own`,
	async measure(bench) {
		await buildView();
		const browser = await startBrowser();
		const seen: FloodSeen[] = [];
		try {
			for (let run = 1; run <= bench.runs; run++) {
				bench.tell(`run ${run} of ${bench.runs}`);
				const panel = await PanelPage.open(browser);
				await panel.tell(new History(BEFORE).snapshot());
				seen.push(
					await panel.page.evaluate(flood, {
						first: spoken(BEFORE),
						from: BEFORE,
						max: MAX_VIEW_ENTRIES,
						seconds: bench.isQuick ? 1 : SECONDS,
						perPost: PER_POST,
						postMs: POST_MS,
					}),
				);
				await panel.page.close();
			}
		} finally {
			await browser.close();
		}
		return [
			{
				part: "longest-task",
				what: "flood: the longest task of a view with a thread of its own (0: none over 50 ms)",
				unit: "ms",
				ours: seen.map(({ longTasksMs }) => Math.max(0, ...longTasksMs)),
				target: "0: none over 50 ms",
			},
			{
				part: "draws",
				what: "flood: drawings of the log in one frame, at most",
				unit: "count",
				ours: seen.map(({ drawsAFrame }) => drawsAFrame),
				target: "≤ 1",
			},
			{
				part: "nodes",
				what: "flood: messages in the page at most",
				unit: "count",
				ours: seen.map(({ mostMessages }) => mostMessages),
				target: "≤ 400",
			},
		];
	},
};
