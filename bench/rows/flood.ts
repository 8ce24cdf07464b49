import type { Frame } from "playwright-core";
import { inTurn, type Bench, type Row } from "../lib/bench";
import { median } from "../lib/figures";
import { putElsewhere } from "../lib/elsewhere";
import { inChild } from "../lib/inChild";
import { watch, type Watched } from "../lib/inPage";
import type { ChatPage } from "../lib/panelStage";
import type { Seeded } from "../lib/seeded";
import { watchTasks } from "../lib/taskTimes";

const PER_SECOND = 2_000;
const SECONDS = 10;
/** How long the newest message may take to be seen after the last was said. */
const CATCH_UP_MS = 60_000;

interface Flooded extends Watched {
	readonly sent: number;
	/** How long the talkers took; longer than planned where the machine is not fast enough. */
	readonly talkMs: number;
	/** Until the last message was on the screen after it was said; the limit, if it never was. */
	readonly catchUpMs: number;
}

/** (c): many messages a second, seen in the panel. */
export const row: Row = {
	id: "flood",
	what: `${PER_SECOND.toLocaleString("en")} messages a second for ${SECONDS} s`,
	async measure(bench) {
		const stage = await bench.stage();
		const { ours, baseline } = await inTurn(
			bench,
			() => flood(bench, (place) => stage.openWindow(place)),
			() => flood(bench, (place) => stage.openPlain(place)),
		);
		// Floods of their own, since who looks so closely is in the way.
		const work: number[] = [];
		for (let run = 1; run <= bench.runs; run++) {
			bench.tell(`run ${run} of ${bench.runs}, the tasks`);
			work.push(await longestWorkMs(bench, (place) => stage.openWindow(place)));
		}
		const sizes = {
			before: bench.sizes.small,
			sent: ours[0]?.sent ?? 0,
			talkMs: Math.round(median(ours.map(({ talkMs }) => talkMs))),
		};
		const both = (of: (seen: Flooded) => number) => ({
			ours: ours.map(of),
			baseline: baseline.map(of),
			sizes,
		});
		return [
			{
				part: "longest-task",
				what: "flood: the view's longest task (0: none over 50 ms), against (c) a page with no window",
				unit: "ms",
				...both(({ longestTaskMs }) => longestTaskMs),
				target: "0: none over 50 ms",
			},
			{
				part: "longest-work",
				what: "flood: the longest that a task of the view worked, without what others did meanwhile",
				unit: "ms",
				ours: work,
				target: "≤ 50 ms",
				sizes,
			},
			{
				part: "slow-frames",
				what: "flood: frames that took over 50 ms, against (c)",
				unit: "count",
				...both(({ framesOver50Ms }) => framesOver50Ms),
			},
			{
				part: "frames",
				what: "flood: frames a second, against (c)",
				unit: "count",
				...both(({ frames, talkMs, catchUpMs }) => (frames / (talkMs + catchUpMs)) * 1_000),
				note: "more is better",
			},
			{
				part: "posts",
				what: "flood: posts from the host for each frame",
				unit: "count",
				ours: ours.map(({ posts, frames }) => posts / frames),
				target: "≤ 1",
				sizes,
			},
			{
				part: "most-posts",
				what: "flood: posts between two frames, at most",
				unit: "count",
				ours: ours.map(({ mostPostsAFrame }) => mostPostsAFrame),
				target: "≤ 1",
				sizes,
			},
			{
				part: "nodes",
				what: "flood: messages in the page at most, against (c)",
				unit: "count",
				...both(({ mostArticles }) => mostArticles),
				target: "≤ 400",
			},
			{
				part: "lag",
				what: "flood: said → in the page, the middle one of all frames, against (c)",
				unit: "ms",
				...both(({ lagsMs }) => median(lagsMs)),
			},
			{
				part: "catch-up",
				what: "flood: last said → in the page, against (c)",
				unit: "ms",
				...both(({ catchUpMs }) => catchUpMs),
				note: `given up at ${CATCH_UP_MS / 1_000} s`,
			},
		];
	},
};

type Open = (place: Seeded) => Promise<ChatPage>;

async function flood(bench: Bench, openOn: Open): Promise<Flooded> {
	return onFreshChat(bench, openOn, async (frame, place) => {
		await frame.evaluate(watch);
		const { sent, ms, ended } = await talkAt(bench, place);
		const seenAt = await frame
			.waitForFunction(
				(last) => {
					// Several talk, so the last that was said need not be the last that is written.
					const newest = [...document.getElementsByTagName("article")].slice(-100);
					const isThere = newest.some((one) => one.textContent.includes(`number ${last}.`));
					return isThere ? Date.now() : undefined;
				},
				sent - 1,
				{ timeout: CATCH_UP_MS, polling: 50 },
			)
			.then((handle) => handle.jsonValue())
			.catch(() => undefined);
		const watched = await frame.evaluate(() => globalThis.bench?.stopWatching?.());
		if (watched === undefined) {
			throw new Error("The page was not watched.");
		}
		const catchUpMs = seenAt === undefined ? CATCH_UP_MS : Math.max(0, seenAt - ended);
		return { ...watched, sent, talkMs: ms, catchUpMs };
	});
}

async function longestWorkMs(bench: Bench, openOn: Open): Promise<number> {
	return onFreshChat(bench, openOn, async (frame, place) => {
		const stop = await watchTasks(frame);
		await talkAt(bench, place);
		return stop();
	});
}

/** Each time on a database of its own, which is the same at the beginning. */
async function onFreshChat<T>(
	bench: Bench,
	openOn: Open,
	use: (frame: Frame, place: Seeded) => Promise<T>,
): Promise<T> {
	const place = await bench.fresh("ours", bench.sizes.small);
	let chat: ChatPage | undefined;
	try {
		putElsewhere(place.pid);
		chat = await openOn(place);
		await chat.open();
		const frame = await chat.frame();
		await chat.page.bringToFront();
		return await use(frame, place);
	} finally {
		await chat?.close();
		await place.stop();
	}
}

async function talkAt(bench: Bench, place: Seeded) {
	return inChild("talk", {
		...place,
		perSecond: bench.isQuick ? 200 : PER_SECOND,
		seconds: bench.isQuick ? 1 : SECONDS,
	});
}
