import { flood, type FloodSeen, PER_POST, POST_MS } from "../../test/page/support/flood";
import { History, spoken } from "../../test/page/support/history";
import { PanelPage, startBrowser } from "../../test/page/support/panelPage";
import buildView from "../../test/page/support/setup";
import { MAX_VIEW_ENTRIES } from "../../src/shared/chat";
import type { Bench } from "../lib/bench";

const SECONDS = 10;
/** Messages in the view before the flood. */
const BEFORE = 5_000;

/** The view's cost of a flood, without workbench, host and server on the same machine. */
export async function floodView(bench: Bench) {
	await buildView();
	const browser = await startBrowser();
	const seen: FloodSeen[] = [];
	try {
		for (const _run of bench.eachRun()) {
			const panel = await PanelPage.open(browser);
			await panel.tell(new History(BEFORE).snapshot());
			const rate = { perPost: PER_POST, postMs: POST_MS, seconds: bench.isQuick ? 1 : SECONDS };
			const given = { ...rate, first: spoken(BEFORE), from: BEFORE, max: MAX_VIEW_ENTRIES };
			seen.push(await panel.page.evaluate(flood, given));
			await panel.page.close();
		}
	} finally {
		await browser.close();
	}
	const longest = seen.map(({ longTasksMs }) => Math.max(0, ...longTasksMs));
	return {
		figures: {
			"flood-view.longest-task": { ours: longest },
			"flood-view.draws": { ours: seen.map(({ drawsAFrame }) => drawsAFrame) },
			"flood-view.nodes": { ours: seen.map(({ mostMessages }) => mostMessages) },
		},
	};
}
