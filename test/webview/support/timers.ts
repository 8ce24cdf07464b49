import { afterAll } from "vitest";

// A panel and its timers live as long as their page. Here the page ends with the tests of a file, and a
// timer that fires later would find no document.
const begin = globalThis.setTimeout;
const timers = new Set<NodeJS.Timeout>();

globalThis.setTimeout = Object.assign((...args: Parameters<typeof begin>) => {
	const timer = begin(...args);
	timers.add(timer);
	return timer;
}, begin);

afterAll(() => {
	for (const timer of timers) {
		clearTimeout(timer);
	}
});
