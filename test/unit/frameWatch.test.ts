import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FrameWatch } from "../../src/extension/database/wire/frameWatch";

const FRAME = new Uint8Array([1]);

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

/** Handles frames as the SDK does: in a chain of promises, which an exception ends for good. */
class Chain {
	readonly read: Uint8Array[] = [];
	readonly stuck: string[] = [];
	#last = Promise.resolve();
	readonly watch = new FrameWatch(
		(message) => {
			this.#last = this.#last.then(() => {
				this.read.push(message.data);
				if (this.read.length === this.breaksAt) {
					throw new Error("broken");
				}
			});
			this.#last.catch(() => undefined);
		},
		(detail) => this.stuck.push(detail),
	);
	breaksAt = -1;
}

test("an SDK that reads every frame is not reported", async () => {
	const chain = new Chain();
	for (let index = 0; index < 100; index++) {
		chain.watch.deliver(FRAME);
		await vi.advanceTimersByTimeAsync(50);
	}
	await vi.advanceTimersByTimeAsync(5_000);
	expect(chain.stuck).toEqual([]);
});

test("an SDK that has stopped is reported once", async () => {
	const chain = new Chain();
	chain.breaksAt = 2;
	chain.watch.deliver(FRAME);
	chain.watch.deliver(FRAME);
	await vi.advanceTimersByTimeAsync(5_000);
	expect(chain.stuck).toEqual(["stopped at frame 2 of 3"]);
});

test("a quiet connection runs no timer", async () => {
	const chain = new Chain();
	chain.watch.deliver(FRAME);
	await vi.advanceTimersByTimeAsync(5_000);
	expect(vi.getTimerCount()).toBe(0);
});

test("a stopped watch reports nothing", async () => {
	const chain = new Chain();
	chain.breaksAt = 1;
	chain.watch.deliver(FRAME);
	chain.watch.stop();
	await vi.advanceTimersByTimeAsync(5_000);
	expect([chain.stuck, vi.getTimerCount()]).toEqual([[], 0]);
});
