import type { CDPSession, Page } from "playwright-core";

/** What a page and the frames in it hold. */
export interface PageUse {
	readonly heapBytes: number;
	readonly nodes: number;
}

/** Looked at after everything that can be collected is, as Chromium's own tools do. */
export async function pageUse(page: Page): Promise<PageUse> {
	const sum = { heapBytes: 0, nodes: 0 };
	for (const process of await processesOf(page)) {
		const { heapBytes, nodes } = await processUse(process);
		sum.heapBytes += heapBytes;
		sum.nodes += nodes;
	}
	return sum;
}

/** The page's own, and that of each frame which has one, as a webview does. */
async function processesOf(page: Page): Promise<CDPSession[]> {
	const context = page.context();
	const inner = page.frames().filter((frame) => frame !== page.mainFrame());
	const own = await Promise.all(
		inner.map(async (frame) =>
			// Refused for a frame that is in its parent's process.
			context.newCDPSession(frame).catch(() => undefined),
		),
	);
	return [await context.newCDPSession(page), ...own.filter((session) => session !== undefined)];
}

async function processUse(tools: CDPSession): Promise<PageUse> {
	try {
		await tools.send("HeapProfiler.enable");
		await tools.send("HeapProfiler.collectGarbage");
		await tools.send("HeapProfiler.collectGarbage");
		await tools.send("HeapProfiler.disable");
		await tools.send("Performance.enable");
		const { metrics } = await tools.send("Performance.getMetrics");
		const value = (wanted: string) =>
			metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
		return { heapBytes: value("JSHeapUsedSize"), nodes: value("Nodes") };
	} finally {
		await tools.detach();
	}
}
