import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { World } from "../support/deliveryWorld";

type Step =
	| "say"
	| "write"
	| "connect"
	| "arrive"
	| "arriveUnanswered"
	| "tooFast"
	| "cut"
	| "crashWindow"
	| "killServer"
	| "discard"
	| "wait";

const anyStep = fc.constantFrom<Step>(
	...(["say", "say", "say", "write", "write", "connect", "connect"] as const),
	...(["arrive", "arrive", "arriveUnanswered", "tooFast", "discard"] as const),
	...(["cut", "crashWindow", "killServer", "wait", "wait"] as const),
);

async function take(world: World, step: Step): Promise<void> {
	switch (step) {
		case "arriveUnanswered":
			world.arrive(false);
			break;
		case "tooFast":
			world.refuse("rate: Wait 500 ms");
			break;
		case "write":
			await world.written();
			break;
		case "wait":
			// Twice this wait is longer than the time until an ack is confirmed.
			await vi.advanceTimersByTimeAsync(3_000);
			break;
		default:
			world[step]();
	}
	await vi.advanceTimersByTimeAsync(0);
}

async function runThrough(world: World, steps: readonly Step[]): Promise<void> {
	for (const step of steps) {
		await take(world, step);
	}
	await world.finish();
}

/** Checks that the texts are in the order of typing, each once. */
function asTyped(world: World, texts: readonly string[]): string[] {
	return world.typed.filter((text) => texts.includes(text));
}

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

describe("in any order of events", () => {
	test("a database with ids has each line once and in order", async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(anyStep, { maxLength: 60 }), async (steps) => {
				const world = new World("exactlyOnce");
				await runThrough(world, steps);
				const { texts } = world.server;
				const lost = world.said.filter(
					(text) => !texts.includes(text) && !world.discarded.has(text),
				);
				expect([lost, texts]).toEqual([[], asTyped(world, texts)]);
				expect([world.delivery.outbox, world.disk.entries]).toEqual([[], []]);
				expect([world.sentUnwritten, world.mostOpenCalls <= 1]).toEqual([[], true]);
			}),
			{ numRuns: 2_000 },
		);
	});

	test("a database without ids has no line twice, and missing lines are reported", async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(anyStep, { maxLength: 60 }), async (steps) => {
				const world = new World("atMostOnce");
				await runThrough(world, steps);
				const { texts } = world.server;
				const { outbox } = world.delivery;
				const told = outbox
					.filter(({ state }) => state === "unknown" || state === "failed")
					.map(({ text }) => text);
				const lost = world.said.filter(
					(text) => !texts.includes(text) && !told.includes(text) && !world.discarded.has(text),
				);
				expect([lost, texts]).toEqual([[], asTyped(world, texts)]);
				expect(outbox.length).toBe(told.length);
				expect(world.disk.entries.map(({ text }) => text)).toEqual(outbox.map(({ text }) => text));
				expect([world.sentUnwritten, world.mostOpenCalls <= 1]).toEqual([[], true]);
			}),
			{ numRuns: 2_000 },
		);
	});
});
