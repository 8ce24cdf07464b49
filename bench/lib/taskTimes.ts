import type { Frame } from "playwright-core";

/** Written by the thread whose tasks are wanted, to find it among all of the browser's. */
const MARK = "bench-thread";
const TASK = /RunTask$/;

/** What a browser's trace tells of one thing that happened; times are in microseconds. */
interface TraceEvent {
	readonly name: string;
	readonly pid: number;
	readonly tid: number;
	/** How long a thread worked for it, without the time in which others had the processor. */
	readonly tdur?: number;
}

/**
 * Looks at how long the tasks of a frame's thread work. A task's duration, as a page sees it, holds also
 * the time in which the machine did something else meanwhile; this does not.
 * @returns how to stop, which tells the longest in milliseconds
 */
export async function watchTasks(frame: Frame): Promise<() => Promise<number>> {
	const tools = await frame.page().context().newCDPSession(frame.page());
	const events: TraceEvent[] = [];
	tools.on("Tracing.dataCollected", ({ value }) => {
		for (const event of value as unknown as TraceEvent[]) {
			if (event.name === MARK || TASK.test(event.name)) {
				events.push(event);
			}
		}
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
		const mark = events.find(({ name }) => name === MARK);
		const tasks = events.filter(
			({ name, pid, tid }) => name !== MARK && pid === mark?.pid && tid === mark.tid,
		);
		if (tasks.length === 0) {
			throw new Error("The browser told of no task of the frame's thread.");
		}
		return tasks.reduce((longest, { tdur = 0 }) => Math.max(longest, tdur), 0) / 1_000;
	};
}
