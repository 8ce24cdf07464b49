/** Two thousand messages a second, gathered as the host gathers them: so many in each post, … */
export const PER_POST = 32;
/** … and so much time between two, in milliseconds. */
export const POST_MS = 16;
/** More messages in each post than the view draws in one frame, however fast the machine is. */
export const MORE_THAN_A_FRAME_DRAWS = 100;

/** What was seen of a view in a flood. */
export interface FloodSeen {
	/** Drawings of the log in one frame, at most. */
	readonly drawsAFrame: number;
	readonly mostMessages: number;
	readonly posts: number;
	/** Tasks over 50 ms, and the longest; for a look, since they depend on the machine. */
	readonly longTasksMs: readonly number[];
	readonly frames: number;
}

/**
 * Posts messages as the host would, and watches the log meanwhile. Ends after so many seconds, or when
 * the page's global `isFloodOver` is set. Runs in the page: uses nothing from outside itself.
 */
export async function flood(given: {
	first: object;
	from: number;
	max: number;
	seconds: number;
	perPost: number;
	postMs: number;
	/** Posts once in each frame instead, as the host does for a view that is slow to draw. */
	isByFrame?: boolean;
}): Promise<FloodSeen> {
	const rows = document.querySelector(".log .log-rows")!;
	const seen = { drawsAFrame: 0, mostMessages: 0, posts: 0, frames: 0 };
	const longTasksMs: number[] = [];
	let draws = 0;
	let isOver = false;
	let next = given.from;
	new PerformanceObserver((list) => {
		longTasksMs.push(...list.getEntries().map(({ duration }) => duration));
	}).observe({ type: "longtask" });
	new MutationObserver(() => {
		draws++;
		const count = rows.querySelectorAll("article[data-kind=message]").length;
		seen.mostMessages = Math.max(seen.mostMessages, count);
	}).observe(rows, { childList: true });
	const post = (): void => {
		seen.posts++;
		const upserts = Array.from({ length: given.perPost }, () => {
			const at = next++;
			const text = `Message number ${at} of a **flood**, with \`code\` in it.`;
			return { ...given.first, key: `m${at}`, order: at, text };
		});
		const removed = upserts.map((_, index) => `m${next - given.perPost - given.max + index}`);
		const { isAtLatest } = globalThis as unknown as { isAtLatest: boolean };
		const changes = isAtLatest
			? [{ type: "entriesChanged", upserts, removed }]
			: [
					{ type: "edgesChanged", edges: { older: "more", newer: "more" } },
					{ type: "arrivedBelow", messages: upserts, others: 0 },
				];
		window.postMessage({ type: "changes", seq: seen.posts + 1, changes }, "*");
	};
	const onFrame = (): void => {
		seen.drawsAFrame = Math.max(seen.drawsAFrame, draws);
		seen.frames++;
		draws = 0;
		if (given.isByFrame === true && !isOver) {
			post();
		}
		if (!isOver) {
			requestAnimationFrame(onFrame);
		}
	};
	requestAnimationFrame(onFrame);
	const began = performance.now();
	await new Promise<void>((resolve) => {
		const timer = setInterval(() => {
			const due = Math.floor((performance.now() - began) / given.postMs);
			while (given.isByFrame !== true && seen.posts < due) {
				post();
			}
			const { isFloodOver } = globalThis as unknown as { isFloodOver?: boolean };
			if (isFloodOver === true || performance.now() - began > given.seconds * 1000) {
				clearInterval(timer);
				resolve();
			}
		}, given.postMs / 2);
	});
	await new Promise((resolve) => setTimeout(resolve, 500));
	isOver = true;
	return { ...seen, longTasksMs };
}
