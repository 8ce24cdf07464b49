import type { Page } from "playwright-core";

/** The work that a page would do by itself. */
export interface RunningWork {
	/** Timers and requested frames that are yet to come. */
	readonly pending: number;
	readonly animations: number;
	/** The number of timers and frames that were requested since the page began. */
	readonly asked: number;
}

/** Counts what the page asks for; to be called before it is opened. */
export async function countWork(page: Page): Promise<void> {
	await page.addInitScript(count);
}

export async function runningWork(page: Page): Promise<RunningWork> {
	return page.evaluate(() => ({
		...(globalThis as unknown as { work(): { pending: number; asked: number } }).work(),
		animations: document.getAnimations().filter(({ playState }) => playState === "running").length,
	}));
}

/** Stands in front of what makes a page do something later; runs in the page. */
function count(): void {
	const pending = new Set<string>();
	let asked = 0;
	const begin = (kind: string, id: number) => {
		asked++;
		pending.add(`${kind} ${id}`);
		return id;
	};
	const end = (kind: string, id: number | undefined) => pending.delete(`${kind} ${id ?? 0}`);
	const scope = globalThis as unknown as Record<string, unknown>;
	const pairs = [
		["setTimeout", "clearTimeout", false],
		["setInterval", "clearInterval", true],
		["requestAnimationFrame", "cancelAnimationFrame", false],
		["requestIdleCallback", "cancelIdleCallback", false],
	] as const;
	for (const [start, stop, isRepeated] of pairs) {
		// One id counts timeouts and intervals alike, and either function ends either.
		const kind = start.startsWith("set") ? "timer" : start;
		const startIt = (scope[start] as (...args: unknown[]) => number).bind(scope);
		const stopIt = (scope[stop] as (id: number | undefined) => void).bind(scope);
		scope[start] = (act: (...given: unknown[]) => void, ...rest: unknown[]) => {
			const id = startIt(
				(...given: unknown[]) => {
					if (!isRepeated) {
						end(kind, id);
					}
					act(...given);
				},
				...rest,
			);
			return begin(kind, id);
		};
		scope[stop] = (id: number | undefined) => {
			end(kind, id);
			stopIt(id);
		};
	}
	scope["work"] = () => ({ pending: pending.size, asked });
}
