import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { PanelFeed } from "../../src/extension/panel/feed";
import { MAX_VIEW_ENTRIES, type Entry } from "../../src/shared/chat";
import { chat } from "../webview/support/facts";
import { flood, MORE_THAN_A_FRAME_DRAWS, PER_POST, POST_MS } from "./support/flood";
import { History, spoken } from "./support/history";
import { PanelPage, startBrowser } from "./support/panelPage";

const SECONDS = 4;

let browser: Browser;

beforeAll(async () => {
	browser = await startBrowser();
});
afterAll(() => browser.close());

/** Waits until the newest 400 up to this one, and no others, are in the page; gives their keys. */
async function allOf(panel: PanelPage, last: number): Promise<string[]> {
	const newest = Array.from(
		{ length: MAX_VIEW_ENTRIES },
		(_, at) => `m${last + 1 - MAX_VIEW_ENTRIES + at}`,
	);
	await panel.page.waitForFunction((keys) => {
		const shown = [...document.querySelectorAll<HTMLElement>("article[data-kind=message]")];
		return shown.map((article) => article.dataset["key"]).join() === keys;
	}, newest.join());
	return newest;
}

test("2,000 messages a second are drawn once a frame, 400 of them at most, to the last", async () => {
	const panel = await PanelPage.open(browser);
	await panel.tell(new History(5_000).snapshot());
	const seen = await panel.page.evaluate(flood, {
		first: spoken(5_000),
		from: 5_000,
		max: MAX_VIEW_ENTRIES,
		seconds: SECONDS,
		perPost: PER_POST,
		postMs: POST_MS,
	});
	console.log(`flood: ${JSON.stringify(seen)}`);
	const last = 5_000 + seen.posts * PER_POST - 1;
	// What went past while the page was busy is drawn when it is quiet.
	const { length } = await allOf(panel, last);
	expect([
		seen.posts > (SECONDS * 1000) / POST_MS - 20,
		seen.drawsAFrame,
		Math.max(seen.mostMessages, length),
		(await panel.inSight()).at(-1),
		panel.wished("ready").length,
		panel.errors,
	]).toEqual([true, 1, MAX_VIEW_ENTRIES, `m${last}`, 1, []]);
});

/** Waits until the log has come further down than it was when the flood began. */
async function untilFlooded({ page }: PanelPage, perPost: number): Promise<void> {
	await page.waitForFunction(
		(first) =>
			Number([...document.querySelectorAll("article")].at(-1)?.dataset["key"]?.slice(1)) > first,
		5_000 + 10 * perPost,
	);
}

test.each([
	["in a flood", PER_POST],
	["in a flood that no frame can draw whole", MORE_THAN_A_FRAME_DRAWS],
])("%s one can still scroll away from the end, however slowly", async (_flood, perPost) => {
	const panel = await PanelPage.open(browser);
	await panel.tell(new History(5_000).snapshot());
	await panel.log.hover();
	let isOver = false;
	const flooding = panel.page
		.evaluate(flood, {
			first: spoken(5_000),
			from: 5_000,
			max: MAX_VIEW_ENTRIES,
			// Until the reader has left the end: a slow machine takes its time for that.
			seconds: Infinity,
			perPost,
			postMs: POST_MS,
			isByFrame: true,
		})
		.then(() => (isOver = true));
	await untilFlooded(panel, perPost);
	for (let turn = 0; turn < 10; turn++) {
		await panel.page.mouse.wheel(0, -12);
	}
	await panel.untilWished("scrolled", 2);
	expect(isOver).toBe(false);
	await panel.page.evaluate(() => Object.assign(globalThis, { isFloodOver: true }));
	await flooding;
	expect(panel.wished("scrolled")).toEqual([
		{ type: "scrolled", room: 1, isAtLatest: true },
		{ type: "scrolled", room: 1, isAtLatest: false },
	]);
});

test("a hidden panel draws nothing, and once when it becomes visible", async () => {
	const panel = await PanelPage.open(browser);
	await panel.tell(new History(300).snapshot());
	await panel.page.evaluate(() => {
		Object.defineProperty(document, "visibilityState", {
			configurable: true,
			get: () => (document.documentElement.dataset["hidden"] === undefined ? "visible" : "hidden"),
		});
		document.documentElement.dataset["hidden"] = "";
		const scope = globalThis as unknown as { draws: number };
		scope.draws = 0;
		new MutationObserver(() => scope.draws++).observe(document.querySelector(".log .log-rows")!, {
			childList: true,
		});
	});
	const history = new History(300);
	for (let count = 0; count < 5; count++) {
		await panel.tell(history.live());
	}
	const draws = () => panel.page.evaluate(() => (globalThis as unknown as { draws: number }).draws);
	const hidden = await draws();
	await panel.page.evaluate(async () => {
		delete document.documentElement.dataset["hidden"];
		document.dispatchEvent(new Event("visibilitychange"));
		await new Promise((resolve) => setTimeout(resolve, 200));
	});
	expect([hidden, await draws(), (await panel.inSight()).at(-1)]).toEqual([0, 1, "m304"]);
});

/** The host's feed, with a window of the newest of a talk that goes on. */
class SlowTalk {
	readonly feed: PanelFeed;
	length = 1_000;
	posts = 0;
	/** Posts that the view had not drawn yet, at most. */
	mostUnderWay = 0;
	#drawn = 0;
	#shown = new Map<string, Entry>();

	constructor(post: (message: unknown) => void) {
		this.feed = new PanelFeed({
			post: (message) => {
				this.posts++;
				this.mostUnderWay = Math.max(this.mostUnderWay, this.posts - this.#drawn);
				post(message);
			},
			snapshot: (seq) => {
				this.#shown = this.#newest();
				const entries = [...this.#shown.values()];
				return chat({ seq, entries, edges: { older: "more", newer: "none" } });
			},
			logChanges: () => {
				const next = this.#newest();
				const upserts = [...next.values()].filter(({ key }) => !this.#shown.has(key));
				const removed = [...this.#shown.keys()].filter((key) => !next.has(key));
				this.#shown = next;
				return [{ type: "entriesChanged", upserts, removed }];
			},
		});
	}

	drawn(seq: number): void {
		this.#drawn = seq;
		this.feed.drawn(seq);
	}

	/** True once the view has drawn every message. */
	get isWhole(): boolean {
		return this.#drawn === this.posts && this.#shown.has(`m${this.length - 1}`);
	}

	say(count: number): void {
		this.length += count;
		this.feed.touch();
	}

	#newest(): Map<string, Entry> {
		const from = this.length - MAX_VIEW_ENTRIES;
		const entries = Array.from({ length: MAX_VIEW_ENTRIES }, (_, at) => spoken(from + at));
		return new Map(entries.map((entry) => [entry.key, entry]));
	}
}

/** Posts' worth of messages that come while such a view draws one frame. */
const SLOWNESS = 6;
/** Frames of that view in the flood. */
const SLOW_FRAMES = 30;

test(
	"a view that is six times as slow has one post a frame, one under way, and in the end the newest",
	{ timeout: 240_000 },
	async () => {
		const panel = await PanelPage.open(browser, {
			answer: (wish) => {
				if (wish.type === "drawn") {
					talk.drawn(wish.seq);
				}
			},
		});
		const talk = new SlowTalk((message) => {
			void panel.page.evaluate((fact) => window.postMessage(fact, "*"), message);
		});
		const cdp = await panel.page.context().newCDPSession(panel.page);
		await cdp.send("Emulation.setCPUThrottlingRate", { rate: SLOWNESS });
		await panel.page.evaluate(() => {
			const seen = { posts: 0, mostPosts: 0, mostMessages: 0 };
			Object.assign(globalThis, { seen });
			window.addEventListener("message", () => seen.posts++);
			const look = (): void => {
				const { length } = document.querySelectorAll("article[data-kind=message]");
				seen.mostPosts = Math.max(seen.mostPosts, seen.posts);
				seen.mostMessages = Math.max(seen.mostMessages, length);
				seen.posts = 0;
				requestAnimationFrame(look);
			};
			requestAnimationFrame(look);
		});
		// The host's clock goes on by the view's frames: two seconds without word of a drawing end the wait
		// for it, and a busy machine may take as long for one.
		vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
		const frame = async (messages: number): Promise<void> => {
			for (let post = 0; post < SLOWNESS; post++) {
				talk.say(messages);
				vi.advanceTimersByTime(POST_MS);
			}
			await panel.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
		};
		talk.feed.ready();
		for (let count = 0; count < SLOW_FRAMES; count++) {
			await frame(PER_POST);
		}
		await cdp.send("Emulation.setCPUThrottlingRate", { rate: 1 });
		const { posts } = talk;
		while (!talk.isWhole) {
			vi.advanceTimersByTime(POST_MS);
			await panel.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
		}
		vi.useRealTimers();
		const newest = await allOf(panel, talk.length - 1);
		const seen = await panel.page.evaluate(
			() => (globalThis as unknown as { seen: Record<string, number> }).seen,
		);
		const inSight = await panel.inSight();
		talk.feed.pause();
		expect([
			posts > SLOW_FRAMES / 4,
			talk.mostUnderWay,
			seen["mostPosts"],
			Math.max(seen["mostMessages"] ?? 0, newest.length),
			inSight.at(-1),
			panel.errors,
		]).toEqual([true, 1, 1, MAX_VIEW_ENTRIES, newest.at(-1), []]);
	},
);
