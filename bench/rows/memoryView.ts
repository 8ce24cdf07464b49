import type { Frame } from "playwright-core";
import { inTurn, type Row } from "../lib/bench";
import type { ChatPage } from "../lib/panelStage";
import { pageUse, type PageUse } from "../lib/pageUse";

/** Messages that somebody scrolls back. */
const SCROLLED = 10_000;
/** Earlier messages that have not come by then do not come. */
const OLDER_LIMIT_MS = 5_000;

interface Used {
	readonly opened: PageUse;
	/** After scrolling back; absent where the page can't load what is earlier. */
	readonly scrolled?: PageUse;
	readonly walked: number;
	readonly mostArticles: number;
}

/** (c): what the view holds after opening and after much scrolling. */
export const row: Row = {
	id: "memory-view",
	what: "memory and nodes of the view after opening and after scrolling back",
	async measure(bench) {
		const many = await bench.seeded("ours", bench.sizes.large);
		const some = await bench.seeded("ours", bench.sizes.middle);
		const stage = await bench.stage();
		const wanted = bench.isQuick ? 300 : SCROLLED;
		const { ours, baseline } = await inTurn(
			bench,
			async () => use(await stage.openWindow(many), wanted),
			async () => use(await stage.openPlain(some), 0),
		);
		const sizes = {
			messages: many.messages,
			baselineMessages: some.messages,
			walked: ours[0]?.walked ?? 0,
		};
		const note = "ours at ten times the baseline's size";
		const scrolled = ours.flatMap((used) => (used.scrolled === undefined ? [] : [used.scrolled]));
		const isWalked = scrolled.length === ours.length;
		return [
			{
				part: "opened",
				what: "view: heap after opening, against (c) a page that shows everything",
				unit: "bytes",
				ours: ours.map(({ opened }) => opened.heapBytes),
				baseline: baseline.map(({ opened }) => opened.heapBytes),
				sizes,
				note,
			},
			{
				part: "nodes",
				what: "view: DOM nodes after opening, against (c)",
				unit: "count",
				ours: ours.map(({ opened }) => opened.nodes),
				baseline: baseline.map(({ opened }) => opened.nodes),
				sizes,
				note,
			},
			{
				part: "scrolled",
				what: "view: heap after scrolling back, against after opening",
				...(isWalked
					? {
							unit: "bytes" as const,
							ours: scrolled.map(({ heapBytes }) => heapBytes),
							baseline: ours.map(({ opened }) => opened.heapBytes),
							sizes,
						}
					: { notMeasured: "the view does not load earlier messages yet" }),
			},
			{
				part: "scrolled-articles",
				what: "view: messages in the page at most while scrolling back",
				...(isWalked
					? {
							unit: "count" as const,
							ours: ours.map(({ mostArticles }) => mostArticles),
							target: "≤ 400",
							sizes,
						}
					: { notMeasured: "the view does not load earlier messages yet" }),
			},
		];
	},
};

async function use(chat: ChatPage, wanted: number): Promise<Used> {
	try {
		const before = await pageUse(chat.page);
		await chat.open();
		await chat.page.waitForTimeout(1_000);
		const opened = less(await pageUse(chat.page), before);
		if (wanted === 0) {
			return { opened, walked: 0, mostArticles: 0 };
		}
		const { walked, mostArticles } = await scrollBack(await chat.frame(), wanted);
		const scrolled = walked < wanted ? undefined : less(await pageUse(chat.page), before);
		return { opened, ...(scrolled === undefined ? {} : { scrolled }), walked, mostArticles };
	} finally {
		await chat.close();
	}
}

function less(after: PageUse, before: PageUse): PageUse {
	return { heapBytes: after.heapBytes - before.heapBytes, nodes: after.nodes - before.nodes };
}

/** Scrolls up as somebody does who wants to see the beginning, until so many messages went by. */
async function scrollBack(frame: Frame, wanted: number) {
	return frame.evaluate(
		async ({ wanted, limitMs }) => {
			const log = document.querySelector(".log");
			const keys = () =>
				[...document.querySelectorAll<HTMLElement>('article[data-kind="message"]')].map(
					({ dataset }) => dataset["key"] ?? "",
				);
			const first = new Set(keys());
			const seen = new Set<string>();
			let [mostArticles, lastNews] = [first.size, performance.now()];
			while (seen.size < wanted && performance.now() - lastNews < limitMs) {
				const before = seen.size;
				log?.scrollTo({ top: 0 });
				await new Promise((settle) => requestAnimationFrame(settle));
				const now = keys();
				mostArticles = Math.max(mostArticles, now.length);
				for (const key of now.filter((one) => !first.has(one))) {
					seen.add(key);
				}
				lastNews = seen.size > before ? performance.now() : lastNews;
			}
			return { walked: seen.size, mostArticles };
		},
		{ wanted, limitMs: OLDER_LIMIT_MS },
	);
}
