import fc from "fast-check";
import { expect, test } from "vitest";
import { retryDelayMs } from "../../src/extension/database/backoff";
import type { ConnectionEvent, ConnectionState } from "../../src/shared/connectionState";
import { nextState } from "../../src/shared/connectionState";

const reason = { code: "closed", sentence: "Disconnected." } as const;
const START: ConnectionState = { kind: "disconnected" };

const anyEvent: fc.Arbitrary<ConnectionEvent> = fc.constantFrom(
	{ type: "connectRequested" },
	{ type: "disconnectRequested" },
	{ type: "retryTimeReached" },
	{ type: "applied", identity: "aa" },
	{ type: "proved" },
	{ type: "lost", reason, retryAtMs: 5 },
	{ type: "refused", reason, remedy: "changeServer" },
);

function after(...events: ConnectionEvent[]): ConnectionState {
	return events.reduce(nextState, START);
}

test("a request to connect leads through connecting to online", () => {
	expect(after({ type: "connectRequested" }, { type: "applied", identity: "aa" })).toEqual({
		kind: "online",
		attempt: 1,
		identity: "aa",
	});
});

test("a loss counts as a try, and only a useful connection resets the count", () => {
	const lost = { type: "lost", reason, retryAtMs: 5 } as const;
	const twice = after({ type: "connectRequested" }, lost, { type: "retryTimeReached" }, lost);
	const proved = [
		{ type: "retryTimeReached" },
		{ type: "applied", identity: "aa" },
		{ type: "proved" },
		lost,
	];
	const then = (proved as ConnectionEvent[]).reduce(nextState, twice);
	expect([twice, then]).toMatchObject([
		{ kind: "waiting", attempt: 3 },
		{ kind: "waiting", attempt: 1 },
	]);
});

test("a late callback of an old connection changes nothing", () => {
	expect(after({ type: "applied", identity: "aa" }, { type: "proved" })).toEqual(START);
});

test("a request to disconnect works in every state", () => {
	fc.assert(
		fc.property(fc.array(anyEvent), (events) => {
			const state = [...events, { type: "disconnectRequested" } as const].reduce(nextState, START);
			return state.kind === "disconnected";
		}),
	);
});

/** The next state by event and state; without an entry, the state does not change. */
const TABLE: Record<string, Partial<Record<ConnectionState["kind"], ConnectionState["kind"]>>> = {
	retryTimeReached: { waiting: "connecting" },
	applied: { connecting: "online" },
	proved: { online: "online" },
	lost: { connecting: "waiting", online: "waiting" },
	refused: { connecting: "refused", online: "refused" },
};

test("in any order of events the state follows the table, and counts tries since the last useful connection", () => {
	fc.assert(
		fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
			let state = after();
			let [kind, tries]: [ConnectionState["kind"], number] = ["disconnected", 1];
			for (const event of events) {
				state = nextState(state, event);
				const moves = TABLE[event.type]?.[kind] !== undefined;
				if (event.type === "connectRequested") {
					[kind, tries] = ["connecting", 1];
				} else if (event.type === "disconnectRequested") {
					kind = "disconnected";
				} else if (moves) {
					tries = event.type === "proved" ? 0 : event.type === "lost" ? tries + 1 : tries;
					kind = TABLE[event.type]?.[kind] ?? kind;
				}
				const isCounted = !("attempt" in state) || state.attempt === tries;
				if (state.kind !== kind || !isCounted) {
					return false;
				}
			}
			return true;
		}),
		{ numRuns: 1_000 },
	);
});

test("only a request leads out of disconnected and refused", () => {
	fc.assert(
		fc.property(fc.array(anyEvent), anyEvent, (events, event) => {
			const before = events.reduce(nextState, START);
			const isStill = before.kind === "disconnected" || before.kind === "refused";
			const isWish = event.type === "connectRequested" || event.type === "disconnectRequested";
			return !isStill || isWish || nextState(before, event) === before;
		}),
	);
});

test("the wait doubles from one second to thirty, give or take half", () => {
	const delays = [1, 2, 3, 4, 5, 6, 7, 1000].map((attempt) => retryDelayMs(attempt, 0.5));
	expect(delays).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
});

test("an hour's outage means 130 tries at most with an average random number", () => {
	let waitedMs = 0;
	let attempts = 0;
	while (waitedMs < 3_600_000) {
		attempts++;
		waitedMs += retryDelayMs(attempts, 0.5);
	}
	expect(attempts).toBeLessThanOrEqual(130);
});

test("a faulty snapshot is reloaded at once, and after a second fault with the usual wait", () => {
	const delays = [1, 2, 3, 4].map((attempt) => retryDelayMs(attempt, 0.5, "prompt"));
	expect(delays).toEqual([250, 250, 4000, 8000]);
});

test("an unusable server is retried every thirty seconds, for any random number", () => {
	expect([0, 0.5, 0.999].map((random) => retryDelayMs(1, random, "slow"))).toEqual([
		30_000, 30_000, 30_000,
	]);
});

test("no random number makes the wait shorter than half a second or longer than 45", () => {
	fc.assert(
		fc.property(fc.nat(), fc.double({ min: 0, max: 0.999, noNaN: true }), (tries, random) => {
			const delayMs = retryDelayMs(tries + 1, random);
			return delayMs >= 500 && delayMs <= 45_000;
		}),
	);
});
