import type { Frame, Page } from "playwright-core";

/** The name that the measured thread writes into the trace, to find it among all threads. */
const MARK = "bench-thread";

/** The use of a page with its frames. */
export interface PageUse {
	readonly heapBytes: number;
	readonly nodes: number;
}

/** Measures a page and its frames after their garbage is collected. */
export async function pageUse(page: Page): Promise<PageUse> {
	const use = { heapBytes: 0, nodes: 0 };
	for (const frame of page.frames()) {
		const target = frame === page.mainFrame() ? page : frame;
		// Chromium refuses a session for a frame in the process of its parent, which counts it.
		const tools = await page
			.context()
			.newCDPSession(target)
			.catch(() => undefined);
		await tools?.send("HeapProfiler.enable");
		await tools?.send("HeapProfiler.collectGarbage");
		await tools?.send("HeapProfiler.collectGarbage");
		await tools?.send("HeapProfiler.disable");
		await tools?.send("Performance.enable");
		const { metrics = [] } = (await tools?.send("Performance.getMetrics")) ?? {};
		const value = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? 0;
		use.heapBytes += value("JSHeapUsedSize");
		use.nodes += value("Nodes");
		await tools?.detach();
	}
	return use;
}

/** One event of a browser's trace. */
interface TraceEvent {
	readonly name: string;
	readonly pid: number;
	readonly tid: number;
	/** The CPU time in microseconds, without the time in which other threads had the processor. */
	readonly tdur?: number;
}

/**
 * Traces the CPU time of the tasks of a frame's thread. The duration that a page sees includes the
 * time in which the machine did other work.
 * @returns a function that ends the trace and returns the longest task in milliseconds
 */
export async function watchTasks(frame: Frame): Promise<() => Promise<number>> {
	const tools = await frame.page().context().newCDPSession(frame.page());
	let events: TraceEvent[] = [];
	tools.on("Tracing.dataCollected", ({ value }) => {
		events = events.concat(value as unknown as TraceEvent[]);
	});
	await tools.send("Tracing.start", {
		transferMode: "ReportEvents",
		traceConfig: {
			excludedCategories: ["*"],
			includedCategories: ["toplevel", "blink.user_timing"],
		},
	});
	await frame.evaluate((mark) => performance.mark(mark), MARK);
	return async () => {
		const isComplete = new Promise((resolve) => tools.once("Tracing.tracingComplete", resolve));
		await tools.send("Tracing.end");
		await isComplete;
		await tools.detach();
		const { pid, tid } = events.find(({ name }) => name === MARK) ?? {};
		const ofThread = events.filter((event) => event.pid === pid && event.tid === tid);
		const tasks = ofThread.filter(({ name }) => name.endsWith("RunTask"));
		if (tasks.length === 0) {
			throw new Error("The browser's trace has no task of the frame's thread.");
		}
		return tasks.reduce((longest, { tdur = 0 }) => Math.max(longest, tdur), 0) / 1_000;
	};
}
