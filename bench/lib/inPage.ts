/*
 * The code that runs inside a page. Playwright passes each function to the browser as text, so a
 * function uses nothing from outside itself but its argument.
 */

/** Frames that began from Enter to the one with the own message (1: the next), and their time. */
export type OwnMessage = Readonly<Record<"frames" | "ms", number>>;

/** Counts of a watched page. */
interface Watched {
	/** The longest task of the page's thread, in milliseconds; 0 if none reached 50. */
	readonly longestTaskMs: number;
	readonly frames: number;
	readonly framesOver50Ms: number;
	/** Messages from the host, in all and between two frames at most. */
	readonly posts: number;
	readonly mostPostsAFrame: number;
	readonly mostArticles: number;
	/** Age of each frame's newest message, in milliseconds. */
	readonly lagsMs: readonly number[];
}

declare global {
	var bench: { clickedAtMs?: number; paintedAtMs?: number } | undefined;
}

/**
 * Notes the time of a click, and of the first frame with enough messages. It runs at the start of
 * each frame of a window; the browser has one clock for all. The page at `plainPath` has the
 * messages itself, the workbench in a frame.
 */
export function noteOpening([messages, plainPath]: readonly [number, string]): void {
	const bench = (globalThis.bench ??= {});
	const now = () => performance.timeOrigin + performance.now();
	const isInner = globalThis.self !== globalThis.top;
	globalThis.addEventListener("click", () => (bench.clickedAtMs = now()), { capture: true });
	if (!isInner && location.pathname !== plainPath) {
		return;
	}
	// VS Code rewrites a webview's document, which ends frame callbacks and listeners, but no timer.
	// A timer that finds the messages runs after the frame in which they were drawn.
	const look = setInterval(() => {
		if (document.querySelectorAll('article[data-kind="message"]').length >= messages) {
			bench.paintedAtMs = now();
			clearInterval(look);
		}
	}, 4);
}

/** Watches a page. @returns a function that ends it and returns the counts, for a handle */
export function watch(): { readonly stop: () => Watched } {
	let [frames, framesOver50Ms, posts, postsNow, mostPostsAFrame] = [0, 0, 0, 0, 0];
	let [longestTaskMs, mostArticles, lastMs, isOver] = [0, 0, performance.now(), false];
	const lagsMs: number[] = [];
	let newestBefore: string | undefined;
	const noteTasks = (entries: readonly PerformanceEntry[]) => {
		longestTaskMs = Math.max(longestTaskMs, ...entries.map(({ duration }) => duration));
	};
	const tasks = new PerformanceObserver((list) => noteTasks(list.getEntries()));
	tasks.observe({ type: "longtask" });
	const onPost = () => {
		posts++;
		postsNow++;
	};
	globalThis.addEventListener("message", onPost, { capture: true });
	const articles = document.getElementsByTagName("article");
	const onFrame = (nowMs: number) => {
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
		const sentAt = Number(newest?.split(" ", 1)[0]);
		if (newest !== newestBefore && sentAt > 1e12) {
			lagsMs.push(Date.now() - sentAt);
		}
		newestBefore = newest;
		requestAnimationFrame(onFrame);
	};
	requestAnimationFrame(onFrame);
	const stop = () => {
		isOver = true;
		globalThis.removeEventListener("message", onPost, { capture: true });
		noteTasks(tasks.takeRecords());
		tasks.disconnect();
		return { longestTaskMs, frames, framesOver50Ms, posts, mostPostsAFrame, mostArticles, lagsMs };
	};
	return { stop };
}

/** Measures the next message from Enter to the screen. @returns its time, for a handle */
export function noteOwnMessage(text: string): { readonly shown: Promise<OwnMessage> } {
	const shown = new Promise<OwnMessage>((resolve) => {
		const onKey = (event: KeyboardEvent) => {
			if (event.key !== "Enter") {
				return;
			}
			globalThis.removeEventListener("keydown", onKey, { capture: true });
			const began = performance.now();
			let frames = 0;
			const afterPaint = new MessageChannel();
			const nextFrame = () =>
				requestAnimationFrame(() => {
					frames++;
					afterPaint.port2.postMessage(0);
				});
			afterPaint.port1.onmessage = () => {
				const articles = [...document.getElementsByTagName("article")].slice(-5);
				if (articles.some((article) => article.textContent.includes(text))) {
					resolve({ frames, ms: performance.now() - began });
				} else {
					nextFrame();
				}
			};
			nextFrame();
		};
		globalThis.addEventListener("keydown", onKey, { capture: true });
	});
	return { shown };
}
