import type { Page } from "playwright-core";

/** What a page and the frames in it hold. */
export interface PageUse {
	readonly heapBytes: number;
	readonly nodes: number;
}

/** Looked at after everything that can be collected is, as Chromium's own tools do. */
export async function pageUse(page: Page): Promise<PageUse> {
	const tools = await page.context().newCDPSession(page);
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
