import type { Frame } from "playwright-core";
import type { Bench } from "../lib/bench";
import { pageUse, type PageUse } from "../lib/devTools";
import { plain, shipped } from "../lib/inChild";
import type { ChatPage } from "../lib/panelStage";

/** Messages in a page, as of `historyWindow.ts`. */
const PAGE = 128;
/** Older messages that are loaded while scrolling back. */
const SCROLLED = 10_000;

/** The baselines have a tenth of our messages, since a million take them gigabytes. */
export const memory = { "memory-host": memoryHost, "memory-view": memoryView };

/** (a): the host's memory after opening and after much scrolling. */
async function memoryHost(bench: Bench) {
	const large = await bench.seeded("rooms", "large");
	const middle = await bench.seeded("rooms", "middle");
	const wanted = bench.isQuick ? bench.sizes.middle / 2 : SCROLLED;
	const runs = await bench.inTurn(
		() => shipped.scrollBack({ ...large, wanted }),
		() => plain.openEverything({ ...middle, kind: "rooms" }),
	);
	const scrolled = (part: "heapBytes" | "rssBytes") => ({
		ours: runs.ours.map((run) => run.scrolled[part]),
		baseline: runs.ours.map((run) => run[part]),
	});
	return {
		figures: {
			"memory-host.opened": runs.both(({ heapBytes }) => heapBytes),
			"memory-host.opened-rss": runs.both(({ rssBytes }) => rssBytes),
			"memory-host.scrolled": scrolled("heapBytes"),
			"memory-host.scrolled-rss": scrolled("rssBytes"),
			"memory-host.page": runs.only(({ ms, messages }) => ms / (messages / PAGE)),
		},
	};
}

/** (c): the view's memory after opening and after much scrolling. */
async function memoryView(bench: Bench) {
	const large = await bench.seeded("rooms", "large");
	const middle = await bench.seeded("rooms", "middle");
	const stage = await bench.stage();
	const wanted = bench.isQuick ? 300 : SCROLLED;
	const runs = await bench.inTurn(
		async () => useOf(await stage.openWindow(large), wanted),
		async () => useOf(await stage.openPlain(middle), 0),
	);
	return {
		figures: {
			"memory-view.opened": runs.both(({ opened }) => opened.heapBytes),
			"memory-view.nodes": runs.both(({ opened }) => opened.nodes),
			"memory-view.scrolled": {
				ours: runs.ours.map(({ scrolled }) => scrolled.heapBytes),
				baseline: runs.ours.map(({ opened }) => opened.heapBytes),
			},
			"memory-view.scrolled-articles": runs.only(({ mostArticles }) => mostArticles),
		},
	};
}

/** Measures a chat's page after it opens, and after scrolling back if older messages are wanted. */
async function useOf(chat: ChatPage, wanted: number) {
	try {
		const before = await pageUse(chat.page);
		const use = async (): Promise<PageUse> => {
			const { heapBytes, nodes } = await pageUse(chat.page);
			return { heapBytes: heapBytes - before.heapBytes, nodes: nodes - before.nodes };
		};
		await chat.open();
		await chat.page.waitForTimeout(1_000);
		const opened = await use();
		const mostArticles = await scrollBack(await chat.frame(), wanted);
		return { opened, mostArticles, scrolled: await use() };
	} finally {
		await chat.close();
	}
}

/**
 * Scrolls up, as a reader who looks for the beginning, until enough older messages passed.
 * @returns the most messages in the page at a time
 */
async function scrollBack(frame: Frame, wanted: number): Promise<number> {
	return frame.evaluate(async (wanted) => {
		/** The longest wait for older messages. */
		const limitMs = 5_000;
		const log = document.querySelector(".log");
		const messages = () => [...document.querySelectorAll('article[data-kind="message"]')];
		const keys = () => messages().map((article) => article.getAttribute("data-key"));
		const first = new Set(keys());
		const seen = new Set<string | null>();
		let [mostArticles, lastNews] = [first.size, performance.now()];
		while (seen.size < wanted) {
			const before = seen.size;
			log?.scrollTo({ top: 0 });
			await new Promise((resolve) => requestAnimationFrame(resolve));
			const now = keys();
			mostArticles = Math.max(mostArticles, now.length);
			for (const key of now.filter((one) => !first.has(one))) {
				seen.add(key);
			}
			lastNews = seen.size > before ? performance.now() : lastNews;
			if (performance.now() - lastNews > limitMs) {
				throw new Error(`The view loaded no more than ${seen.size} older messages.`);
			}
		}
		return mostArticles;
	}, wanted);
}
