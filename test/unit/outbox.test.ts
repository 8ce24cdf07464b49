import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Guarantee } from "../../src/extension/chat/backend";
import type { Outbox, OutboxMove } from "../../src/extension/chat/outbox/outbox";
import { enqueue, entryOf, move, nextToSend } from "../../src/extension/chat/outbox/outbox";
import { readRefusal } from "../../src/extension/chat/refusal";

const LEGAL: Record<Guarantee, Record<string, readonly OutboxMove["type"][]>> = {
	atMostOnce: {
		queued: ["send", "discard", "lose", "refuse"],
		inFlight: ["ack", "refuse", "lose", "row", "discard"],
		acked: ["settle", "lose"],
		failed: ["retry", "discard"],
		unknown: ["retry", "discard", "row"],
	},
	exactlyOnce: {
		queued: ["send", "discard", "row", "refuse"],
		inFlight: ["ack", "refuse", "postpone", "lose", "row", "discard"],
		acked: ["settle", "lose"],
		failed: ["retry", "discard", "row"],
		unknown: ["retry", "discard", "row"],
	},
};

const anyMove: fc.Arbitrary<OutboxMove> = fc.constantFrom<OutboxMove>(
	{ type: "send", afterMicros: 1 },
	{ type: "ack", sentMicros: 2 },
	{ type: "refuse", reason: "no" },
	{ type: "postpone", notBeforeMs: 3 },
	{ type: "lose" },
	{ type: "row", sentMicros: 4 },
	{ type: "settle" },
	{ type: "retry", atMs: 7 },
	{ type: "discard" },
);

function boxOf(...texts: string[]): Outbox {
	return texts.reduce<Outbox>(
		(outbox, text, index) => enqueue(outbox, { clientId: `id${index}`, text, createdMs: index }),
		[],
	);
}

function run(guarantee: Guarantee, outbox: Outbox, ...moves: [string, OutboxMove][]): Outbox {
	return moves.reduce((box, [id, event]) => move(box, guarantee, id, event), outbox);
}

test("a repeated line is in the outbox once", () => {
	const box = boxOf("a");
	expect(enqueue(box, { clientId: "id0", text: "other", createdMs: 9 })).toBe(box);
});

describe.each<Guarantee>(["atMostOnce", "exactlyOnce"])("%s", (guarantee) => {
	test("lines go one at a time, in the order of Enter", () => {
		const box = run(guarantee, boxOf("a", "b"), ["id0", { type: "send", afterMicros: 0 }]);
		const then = run(guarantee, box, ["id0", { type: "ack", sentMicros: 5 }]);
		expect([nextToSend(box), nextToSend(then).map(({ text }) => text)]).toEqual([[], ["b"]]);
	});

	test("illegal moves leave the outbox unchanged", () => {
		fc.assert(
			fc.property(fc.array(anyMove), anyMove, (moves, last) => {
				const path = moves.map((event): [string, OutboxMove] => ["id0", event]);
				const box = run(guarantee, boxOf("a"), ...path);
				const entry = box[0];
				const isLegal =
					entry !== undefined && LEGAL[guarantee][entry.state]?.includes(last.type) === true;
				return (move(box, guarantee, "id0", last) !== box) === isLegal;
			}),
		);
	});

	test("a line leaves only when its message is confirmed, or by a discard", () => {
		const leaving = ["row", "settle", "discard"];
		fc.assert(
			fc.property(fc.array(anyMove), (moves) => {
				let box = boxOf("a");
				let isDiscarded = false;
				for (const event of moves) {
					isDiscarded ||= event.type === "discard" && box.length > 0;
					const after = move(box, guarantee, "id0", event);
					if (after.length < box.length && !leaving.includes(event.type) && !isDiscarded) {
						return false;
					}
					box = after;
				}
				return true;
			}),
		);
	});

	test("lines without a retry keep their order through any events", () => {
		const step = fc.tuple(fc.constantFrom("id0", "id1", "id2"), anyMove);
		fc.assert(
			fc.property(fc.array(step), (steps) => {
				const kept = steps.filter(([, { type }]) => type !== "retry");
				const box = run(guarantee, boxOf("a", "b", "c"), ...kept);
				const ids = box.map(({ clientId }) => clientId);
				return ids.join() === [...ids].sort().join();
			}),
		);
	});

	test("no two lines are in flight, for any requests for the next", () => {
		const step = fc.tuple(fc.constantFrom("id0", "id1", "id2"), anyMove);
		fc.assert(
			fc.property(fc.array(step), (steps) => {
				let box = boxOf("a", "b", "c");
				for (const [id, event] of steps) {
					// Only the next line is sent, as Delivery does.
					const target = event.type === "send" ? nextToSend(box)[0]?.clientId : id;
					box = move(box, guarantee, target ?? "none", event);
					if (box.filter(({ state }) => state === "inFlight").length > 1) {
						return false;
					}
				}
				return true;
			}),
		);
	});
});

test("a retried line goes to the end, without the result of its first try", () => {
	const box = run(
		"atMostOnce",
		boxOf("a", "b"),
		["id0", { type: "send", afterMicros: 0 }],
		["id0", { type: "refuse", reason: "no" }],
		["id0", { type: "retry", atMs: 7 }],
	);
	expect(box).toEqual([
		{ clientId: "id1", text: "b", createdMs: 1, state: "queued" },
		{ clientId: "id0", text: "a", createdMs: 7, state: "queued" },
	]);
});

test("after a cut a line with an id waits for a resend, at its position", () => {
	const box = run(
		"exactlyOnce",
		boxOf("a", "b"),
		["id0", { type: "send", afterMicros: 0 }],
		["id0", { type: "lose" }],
	);
	expect(nextToSend(box)[0]?.clientId).toBe("id0");
});

test.each<Guarantee>(["atMostOnce", "exactlyOnce"])(
	"a line discarded in flight is not sent again, and stays if it arrived (%s)",
	(guarantee) => {
		const inFlight = run(
			guarantee,
			boxOf("a"),
			["id0", { type: "send", afterMicros: 0 }],
			["id0", { type: "discard" }],
		);
		const lost = run(guarantee, inFlight, ["id0", { type: "lose" }]);
		const arrived = run(guarantee, inFlight, ["id0", { type: "ack", sentMicros: 1 }]);
		expect([inFlight[0]?.state, lost, arrived[0]?.state]).toEqual(["inFlight", [], "acked"]);
	},
);

test("an acked line is sent again after a cut, before all younger lines", () => {
	const box = run(
		"exactlyOnce",
		boxOf("a", "b"),
		["id0", { type: "send", afterMicros: 0 }],
		["id0", { type: "ack", sentMicros: 1 }],
		["id0", { type: "lose" }],
	);
	expect(nextToSend(box)[0]?.clientId).toBe("id0");
});

test("with ids a row belongs to its id alone, even with an equal text", () => {
	const row = { text: "same", sentMicros: 9, clientId: "id1" };
	expect(entryOf(boxOf("same", "same"), "exactlyOnce", row)?.clientId).toBe("id1");
});

test("with ids a row of another id belongs to no line", () => {
	const row = { text: "same", sentMicros: 9, clientId: "elsewhere" };
	expect(entryOf(boxOf("same"), "exactlyOnce", row)).toBeUndefined();
});

test("without ids a row belongs to the line whose ack named its time, not an equal one", () => {
	const box = run(
		"atMostOnce",
		boxOf("same", "same"),
		["id0", { type: "send", afterMicros: 0 }],
		["id0", { type: "lose" }],
		["id1", { type: "send", afterMicros: 0 }],
		["id1", { type: "ack", sentMicros: 7 }],
	);
	expect(entryOf(box, "atMostOnce", { text: "same", sentMicros: 7 })?.clientId).toBe("id1");
});

test("without ids a row belongs to the oldest line of unknown fate with its text", () => {
	const box = run(
		"atMostOnce",
		boxOf("same", "same"),
		["id0", { type: "send", afterMicros: 3 }],
		["id0", { type: "lose" }],
		["id1", { type: "send", afterMicros: 3 }],
		["id1", { type: "lose" }],
	);
	expect(entryOf(box, "atMostOnce", { text: "same", sentMicros: 4 })?.clientId).toBe("id0");
});

test("without ids a row from before the sending confirms no line", () => {
	const box = run(
		"atMostOnce",
		boxOf("same"),
		["id0", { type: "send", afterMicros: 3 }],
		["id0", { type: "lose" }],
	);
	expect(entryOf(box, "atMostOnce", { text: "same", sentMicros: 3 })).toBeUndefined();
});

test("without ids no row confirms an unsent line", () => {
	expect(entryOf(boxOf("same"), "atMostOnce", { text: "same", sentMicros: 9 })).toBeUndefined();
});

test.each([
	["rate: Wait 250 ms", { kind: "wait", waitMs: 250, sentence: "Wait 250 ms" }],
	["rate: Wait 99999999 ms", { kind: "wait", waitMs: 60_000, sentence: "Wait 99999999 ms" }],
	["text: Too long", { kind: "final", sentence: "Too long" }],
	["rights: No", { kind: "final", sentence: "No" }],
	["The Wasm instance encountered a fatal error.", { kind: "unclear" }],
	["other: thing", { kind: "unclear", sentence: "other: thing" }],
])("the module's answer %j is parsed", (reason, read) => {
	expect(readRefusal(reason, "exactlyOnce")).toMatchObject(read);
});

test("the quickstart's answers are shown unchanged", () => {
	expect(readRefusal("rate: Wait 1 ms", "atMostOnce")).toEqual({
		kind: "final",
		sentence: "rate: Wait 1 ms",
	});
});
