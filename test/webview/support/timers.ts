import { afterAll } from "vitest";

// A panel lives as long as its page, and so do its timers. Here the page goes when a file's tests are
// over, and a timer that fired then would find no document.
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
