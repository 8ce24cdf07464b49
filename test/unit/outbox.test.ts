import fc from "fast-check";
import { expect, test } from "vitest";
import type { Outbox, OutboxMove } from "../../src/extension/chat/outbox";
import { enqueue, move, nextToSend, settledBy } from "../../src/extension/chat/outbox";

const LEGAL: Record<string, readonly OutboxMove["type"][]> = {
	queued: ["send", "discard"],
	inFlight: ["ack", "refuse", "lose", "row"],
	acked: ["row", "lose"],
	failed: ["retry", "discard"],
	unknown: ["retry", "discard", "row"],
};

const anyMove: fc.Arbitrary<OutboxMove> = fc.constantFrom(
	{ type: "send", afterMicros: 1 },
	{ type: "ack", sentMicros: 2 },
	{ type: "refuse", reason: "no" },
	{ type: "lose" },
	{ type: "row" },
	{ type: "retry" },
	{ type: "discard" },
);

function boxOf(...texts: string[]): Outbox {
	return texts.reduce<Outbox>(
		(outbox, text, index) => enqueue(outbox, { clientId: `id${index}`, text, createdMs: index }),
		[],
	);
}

function run(outbox: Outbox, ...moves: [string, OutboxMove][]): Outbox {
	return moves.reduce((box, [id, event]) => move(box, id, event), outbox);
}

test("a line is in the box once, however often it is given", () => {
	const box = boxOf("a");
	expect(enqueue(box, { clientId: "id0", text: "other", createdMs: 9 })).toBe(box);
});

test("one at a time, in the order of Enter", () => {
	const box = run(boxOf("a", "b"), ["id0", { type: "send", afterMicros: 0 }]);
	const then = run(box, ["id0", { type: "ack", sentMicros: 5 }]);
	expect([nextToSend(box), nextToSend(then)?.text]).toEqual([undefined, "b"]);
});

test("moves that are not legal leave the box as it is", () => {
	fc.assert(
		fc.property(fc.array(anyMove), anyMove, (moves, last) => {
			const box = run(boxOf("a"), ...moves.map((event): [string, OutboxMove] => ["id0", event]));
			const entry = box[0];
			const isLegal = entry !== undefined && LEGAL[entry.state]?.includes(last.type) === true;
			return (move(box, "id0", last) !== box) === isLegal;
		}),
	);
});

test("a line leaves only by its row or by a discard", () => {
	fc.assert(
		fc.property(fc.array(anyMove), (moves) => {
			let box = boxOf("a");
			for (const event of moves) {
				const after = move(box, "id0", event);
				if (after.length < box.length && event.type !== "row" && event.type !== "discard") {
					return false;
				}
				box = after;
			}
			return true;
		}),
	);
});

test("a retried line goes to the end, without what was known of its first try", () => {
	const box = run(
		boxOf("a", "b"),
		["id0", { type: "send", afterMicros: 0 }],
		["id0", { type: "refuse", reason: "no" }],
		["id0", { type: "retry" }],
	);
	expect(box).toEqual([
		{ clientId: "id1", text: "b", createdMs: 1, state: "queued" },
		{ clientId: "id0", text: "a", createdMs: 0, state: "queued" },
	]);
});

test("a row settles the line whose ack named its time, not an equal one", () => {
	const box = run(
		boxOf("same", "same"),
		["id0", { type: "send", afterMicros: 0 }],
		["id0", { type: "lose" }],
		["id1", { type: "send", afterMicros: 0 }],
		["id1", { type: "ack", sentMicros: 7 }],
	);
	expect(settledBy(box, { text: "same", sentMicros: 7 })?.clientId).toBe("id1");
});

test("a row settles the oldest line of unknown fate with its text", () => {
	const box = run(
		boxOf("same", "same"),
		["id0", { type: "send", afterMicros: 3 }],
		["id0", { type: "lose" }],
		["id1", { type: "send", afterMicros: 3 }],
		["id1", { type: "lose" }],
	);
	expect(settledBy(box, { text: "same", sentMicros: 4 })?.clientId).toBe("id0");
});

test("a row from before the line was sent settles nothing", () => {
	const box = run(
		boxOf("same"),
		["id0", { type: "send", afterMicros: 3 }],
		["id0", { type: "lose" }],
	);
	expect(settledBy(box, { text: "same", sentMicros: 3 })).toBeUndefined();
});

test("a line that was never sent is settled by no row", () => {
	expect(settledBy(boxOf("same"), { text: "same", sentMicros: 9 })).toBeUndefined();
});
