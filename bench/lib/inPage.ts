/*
 * What runs inside a page: each of these functions is handed to the browser as its text, so it uses
 * nothing from outside itself but its argument.
 */

/** What happened in a page while it was watched. */
export interface Watched {
	/** The longest task that held up the page, in milliseconds; 0 if none reached 50. */
	readonly longestTaskMs: number;
	readonly frames: number;
	readonly framesOver50Ms: number;
	/** Messages from the host, in all and between two frames at most. */
	readonly posts: number;
	readonly mostPostsAFrame: number;
	readonly mostArticles: number;
	/** From being said to being in the page, of each frame's newest message. */
	readonly lagsMs: readonly number[];
}

interface Bench {
	clickedAtMs?: number;
	paintedAtMs?: number;
	stopWatching?: () => Watched;
	ownLine?: Promise<OwnLine>;
}

declare global {
	var bench: Bench | undefined;
}

/** How long an own line took from Enter. */
export interface OwnLine {
	/** Frames that began until it was in one of them; 1: the next. */
	readonly frames: number;
	/** Until that frame was handed to the screen. */
	readonly ms: number;
}

/**
 * To be run as each frame of a window begins: notes when somebody clicked, and when so many messages
 * were first on the screen. Times are on the browser's one clock for all frames.
 */
export function noteOpening({
	messages,
	plainPath,
}: {
	readonly messages: number;
	/** A page there has the messages itself; in the workbench they are in a frame. */
	readonly plainPath: string;
}): void {
	const bench: Bench = (globalThis.bench ??= {});
	const now = () => performance.timeOrigin + performance.now();
	if (globalThis.self === globalThis.top) {
		globalThis.addEventListener("click", () => (bench.clickedAtMs = now()), { capture: true });
		if (location.pathname !== plainPath) {
			return;
		}
	}
	// A webview's document is written anew, which ends frame callbacks and listeners, but no timer. A
	// timer that finds them runs after the frame that they were drawn in.
	const look = setInterval(() => {
		if (document.querySelectorAll('article[data-kind="message"]').length >= messages) {
			bench.paintedAtMs = now();
			clearInterval(look);
		}
	}, 4);
}

/** Watches a page from now on; `stopWatching` tells what was seen. */
export function watch(): void {
	const bench: Bench = (globalThis.bench ??= {});
	let [frames, framesOver50Ms, posts, postsNow, mostPostsAFrame] = [0, 0, 0, 0, 0];
	let [longestTaskMs, mostArticles, lastMs, isOver] = [0, 0, performance.now(), false];
	const lagsMs: number[] = [];
	let newestBefore: string | undefined;
	const tasks = new PerformanceObserver((list) => {
		for (const { duration } of list.getEntries()) {
			longestTaskMs = Math.max(longestTaskMs, duration);
		}
	});
	tasks.observe({ type: "longtask" });
	const hear = () => {
		posts++;
		postsNow++;
	};
	globalThis.addEventListener("message", hear, { capture: true });
	const articles = document.getElementsByTagName("article");
	const look = (nowMs: number) => {
		if (isOver) {
			return;
		}
		frames++;
		framesOver50Ms += nowMs - lastMs > 50 ? 1 : 0;
		lastMs = nowMs;
		mostPostsAFrame = Math.max(mostPostsAFrame, postsNow);
		postsNow = 0;
		mostArticles = Math.max(mostArticles, articles.length);
		const newest = articles[articles.length - 1]
			?.querySelector(".message-body")
			?.textContent.trim();
		const said = Number(newest?.split(" ", 1)[0]);
		if (newest !== newestBefore && said > 1e12) {
			lagsMs.push(Date.now() - said);
		}
		newestBefore = newest;
		requestAnimationFrame(look);
	};
	requestAnimationFrame(look);
	bench.stopWatching = () => {
		isOver = true;
		globalThis.removeEventListener("message", hear, { capture: true });
		for (const { duration } of tasks.takeRecords()) {
			longestTaskMs = Math.max(longestTaskMs, duration);
		}
		tasks.disconnect();
		return { longestTaskMs, frames, framesOver50Ms, posts, mostPostsAFrame, mostArticles, lagsMs };
	};
}

/** Notes how long the next line takes from Enter to the screen; `ownLine` tells it. */
export function noteOwnLine(text: string): void {
	const bench: Bench = (globalThis.bench ??= {});
	bench.ownLine = new Promise((settle) => {
		const enter = (event: KeyboardEvent) => {
			if (event.key !== "Enter") {
				return;
			}
			globalThis.removeEventListener("keydown", enter, { capture: true });
			const began = performance.now();
			let frames = 0;
			const afterPaint = new MessageChannel();
			afterPaint.port1.onmessage = () => {
				const articles = [...document.getElementsByTagName("article")].slice(-5);
				if (articles.some((article) => article.textContent.includes(text))) {
					settle({ frames, ms: performance.now() - began });
				} else {
					next();
				}
			};
			const next = () =>
				requestAnimationFrame(() => {
					frames++;
					afterPaint.port2.postMessage(0);
				});
			next();
		};
		globalThis.addEventListener("keydown", enter, { capture: true });
	});
}
