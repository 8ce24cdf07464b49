import { setTimeout as sleep } from "node:timers/promises";

export interface Memory {
	readonly heapBytes: number;
	readonly rssBytes: number;
}

/** What this process holds when everything that can be collected is. */
export async function memoryNow(): Promise<Memory> {
	for (let round = 0; round < 3; round++) {
		global.gc?.();
		await sleep(20);
	}
	const { heapUsed, external, rss } = process.memoryUsage();
	return { heapBytes: heapUsed + external, rssBytes: rss };
}

export function grown(before: Memory, after: Memory): Memory {
	return {
		heapBytes: after.heapBytes - before.heapBytes,
		rssBytes: after.rssBytes - before.rssBytes,
	};
}
