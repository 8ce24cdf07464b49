import { setTimeout as sleep } from "node:timers/promises";
import type { Frame } from "playwright-core";
import type { Bench } from "../lib/bench";
import { watchTasks } from "../lib/devTools";
import { median } from "../lib/figures";
import { plain, shipped } from "../lib/inChild";
import { watch } from "../lib/inPage";
import { yieldProcessor } from "../lib/processes";
import type { Seeded } from "../lib/seeded";

/** The longest time from sending the last message to seeing it. */
const CATCH_UP_MS = 60_000;
/** The time in which a receiver connects, before the flood begins. */
const RECEIVER_START_MS = 4_000;

export const floods = { flood: floodPanel, "flood-host": floodHost };

function floodOf({ isQuick }: Bench) {
	return isQuick ? { perSecond: 200, seconds: 1 } : { perSecond: 2_000, seconds: 10 };
}

async function sendFlood(bench: Bench, database: Seeded) {
	return plain.sendMessages({ ...database, ...floodOf(bench) });
}

/** (c): many messages a second, seen in the panel. */
async function floodPanel(bench: Bench) {
	const runs = await bench.inTurn(
		() => onFreshChat(bench, "openWindow", watchFlood),
		() => onFreshChat(bench, "openPlain", watchFlood),
	);
	// Tasks are traced in floods of their own, since the trace takes time too.
	const work: number[] = [];
	for (const _run of bench.eachRun()) {
		work.push(
			await onFreshChat(bench, "openWindow", async (frame, database) => {
				const stop = await watchTasks(frame);
				await sendFlood(bench, database);
				return stop();
			}),
		);
	}
	return {
		figures: {
			"flood.longest-task": runs.both(({ longestTaskMs }) => longestTaskMs),
			"flood.longest-work": { ours: work },
			"flood.slow-frames": runs.both(({ framesOver50Ms }) => framesOver50Ms),
			"flood.frames": runs.both(({ frames, watchedMs }) => (frames / watchedMs) * 1_000),
			"flood.posts": runs.only(({ posts, frames }) => posts / frames),
			"flood.most-posts": runs.only(({ mostPostsAFrame }) => mostPostsAFrame),
			"flood.nodes": runs.both(({ mostArticles }) => mostArticles),
			"flood.lag": runs.both(({ lagsMs }) => median(lagsMs)),
			"flood.catch-up": runs.both(({ catchUpMs }) => catchUpMs),
		},
	};
}

/** Watches a page in a flood until it shows the last message; the catch-up has a limit. */
async function watchFlood(frame: Frame, database: Seeded, bench: Bench) {
	const watching = await frame.evaluateHandle(watch);
	const { sent, ms, ended } = await sendFlood(bench, database);
	const seenAt = await frame
		.waitForFunction(
			(last) => {
				// Several connections send, so the last message sent need not be the last one stored.
				const newest = [...document.getElementsByTagName("article")].slice(-100);
				const isThere = newest.some((one) => one.textContent.includes(`number ${last}.`));
				return isThere ? Date.now() : undefined;
			},
			sent - 1,
			{ timeout: CATCH_UP_MS, polling: 50 },
		)
		.then((handle) => handle.jsonValue())
		.catch(() => undefined);
	const watched = await watching.evaluate(({ stop }) => stop());
	const catchUpMs = seenAt === undefined ? CATCH_UP_MS : Math.max(0, seenAt - ended);
	return { ...watched, catchUpMs, watchedMs: ms + catchUpMs };
}

/** Opens a chat on a database of its own, so that every flood begins with the same messages. */
async function onFreshChat<T>(
	bench: Bench,
	open: "openWindow" | "openPlain",
	use: (frame: Frame, database: Seeded, bench: Bench) => Promise<T>,
): Promise<T> {
	const stage = await bench.stage();
	return bench.withFresh(async (database) => {
		yieldProcessor(database.pid);
		const chat = await stage[open](database);
		try {
			await chat.open();
			const frame = await chat.frame();
			await chat.page.bringToFront();
			return await use(frame, database, bench);
		} finally {
			await chat.close();
		}
	});
}

/** (a): many messages a second, received by the host. */
async function floodHost(bench: Bench) {
	const { perSecond, seconds } = floodOf(bench);
	const flooded = async <T>(receive: (database: Seeded) => Promise<T>) =>
		bench.withFresh(async (database) => {
			const [received, { ms }] = await Promise.all([
				receive({ ...database, messages: perSecond * seconds }),
				sleep(RECEIVER_START_MS).then(() => sendFlood(bench, database)),
			]);
			return { ...received, sendMs: ms };
		});
	const runs = await bench.inTurn(
		() => flooded(shipped.receive),
		() => flooded(plain.receiveEverything),
	);
	return {
		figures: {
			"flood-host.cpu": runs.both(({ cpuMs, messages }) => (cpuMs / messages) * 1_000),
			"flood-host.post-bytes": runs.only(({ postedBytes, messages }) => postedBytes / messages),
			"flood-host.posts": runs.only(({ posts, sendMs }) => (posts / sendMs) * 1_000),
		},
	};
}
