import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Guarantee, MessageRow } from "../../src/extension/chat/backend";
import { GIVE_UP_AFTER_MS } from "../../src/extension/chat/outbox/delivery";
import type { OutboxEntry } from "../../src/extension/chat/outbox/outbox";
import { ME, SERVER, World, WRITE_MS } from "../support/deliveryWorld";

const HERE = `${SERVER}#${ME}`;
const BOTH: readonly Guarantee[] = ["atMostOnce", "exactlyOnce"];

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

/** Makes a line that another window left. */
function left(text: string): OutboxEntry {
	return { clientId: `id-${text}`, text, createdMs: Date.now(), state: "queued" };
}

function rowOf(sender: string, clientId: string, text: string): MessageRow {
	return { key: "row", sender, page: 0, order: 9, sentMicros: 9, text, clientId };
}

function states(world: World): string[] {
	return world.delivery.outbox.map(({ text, state }) => `${text} ${state}`);
}

test("a line goes to the socket after it is on disk, not before", async () => {
	const world = new World("exactlyOnce");
	world.connect();
	world.say();
	await vi.advanceTimersByTimeAsync(WRITE_MS - 1);
	const before = world.mostOpenCalls;
	await world.written();
	expect([before, world.mostOpenCalls, world.sentUnwritten]).toEqual([0, 1, []]);
});

test("an answer during the write of the next line does not send that line early", async () => {
	const world = new World("exactlyOnce");
	world.connect();
	world.say();
	await world.written();
	world.say();
	world.arrive();
	await world.written();
	expect([world.sentUnwritten, states(world)]).toEqual([[], ["line 0 acked", "line 1 inFlight"]]);
});

test("an unwritable line is returned, not sent, and in no later write", async () => {
	const world = new World("exactlyOnce");
	world.connect();
	world.disk.isFull = true;
	world.say();
	await world.written();
	world.disk.isFull = false;
	// A later write for another database includes the lines that the journal still holds.
	void world.journal.save("elsewhere", []);
	await world.written();
	expect([world.problems, world.delivery.outbox, world.mostOpenCalls, world.disk.entries]).toEqual([
		["The message could not be kept safe on this machine, so it was not sent."],
		[],
		0,
		[],
	]);
});

test("discarding a room's messages keeps those of other rooms, and of an earlier room with its id", async () => {
	const world = new World("exactlyOnce");
	for (const [clientId, room, roomCreatedMicros] of [
		["this", 7, 5],
		["earlier", 7, 4],
		["other", 8, 5],
	] as const) {
		void world.delivery.enqueue(clientId, clientId, { room, roomCreatedMicros });
	}
	await world.written();
	world.delivery.discardRoom({ room: 7, createdMicros: 5 });
	expect(world.delivery.outbox.map(({ clientId }) => clientId)).toEqual(["earlier", "other"]);
});

test("lines of a closed window go before the own waiting lines", async () => {
	const world = new World("exactlyOnce");
	world.say();
	await world.written();
	world.journal.adopt(HERE, [left("older 0"), left("older 1")]);
	await world.finish();
	expect(world.server.texts).toEqual(["older 0", "older 1", "line 0"]);
});

test("without ids a line of a closed window is in doubt, even on an open connection", async () => {
	const world = new World("atMostOnce");
	world.connect();
	world.journal.adopt(HERE, [left("older")]);
	await world.written();
	expect([world.mostOpenCalls, states(world)]).toEqual([0, ["older unknown"]]);
});

test("an ack is confirmed five seconds later, on the same connection only", async () => {
	const world = new World("exactlyOnce");
	world.connect();
	world.say();
	await world.written();
	world.arrive();
	await vi.advanceTimersByTimeAsync(4_000);
	world.killServer();
	await vi.advanceTimersByTimeAsync(4_000);
	const whileCut = states(world);
	await world.finish();
	expect([whileCut, world.server.texts, states(world)]).toEqual([["line 0 acked"], ["line 0"], []]);
});

test("without ids a line whose row a killed server lost is in doubt", async () => {
	const world = new World("atMostOnce");
	world.connect();
	world.say();
	await world.written();
	world.arrive();
	world.killServer();
	await world.finish();
	expect([world.server.texts, states(world)]).toEqual([[], ["line 0 unknown"]]);
});

test("lines that another window has adopted are not sent here any more", async () => {
	const world = new World("exactlyOnce");
	world.say();
	await world.written();
	world.journal.lose();
	await world.finish();
	expect([world.delivery.outbox, world.server.texts]).toEqual([[], []]);
});

test.each(BOTH)(
	"a row of another person confirms no line, for any content (%s)",
	async (guarantee) => {
		const world = new World(guarantee);
		world.connect();
		world.say();
		await world.written();
		const belongs = world.delivery.arrived(rowOf("somebody else", "id-line 0", "line 0"));
		expect([belongs, states(world)]).toEqual([undefined, ["line 0 inFlight"]]);
	},
);

test("with ids an equal text of another own window confirms no line", async () => {
	const world = new World("exactlyOnce");
	world.connect();
	world.say();
	await world.written();
	const belongs = world.delivery.arrived(rowOf(ME, "id of the other window", "line 0"));
	expect([belongs, states(world)]).toEqual([undefined, ["line 0 inFlight"]]);
});

test("after a day a line fails, and its text stays", async () => {
	const world = new World("exactlyOnce");
	world.say();
	await vi.advanceTimersByTimeAsync(GIVE_UP_AFTER_MS + 1_000);
	world.connect();
	expect(world.delivery.outbox).toMatchObject([
		{ text: "line 0", state: "failed", reason: "gave up after 24 hours." },
	]);
});

test("lines for another database are never sent here, and remain for its next connection", async () => {
	const world = new World("exactlyOnce");
	world.say();
	await world.written();
	world.delivery.enter(SERVER, "somebody else");
	const elsewhere = world.delivery.outbox;
	world.delivery.enter(SERVER, ME);
	expect([elsewhere, states(world)]).toEqual([[], ["line 0 queued"]]);
});

test("lines typed before the first connection belong to its identity, and to no other", async () => {
	const world = new World("exactlyOnce", false);
	world.say();
	await world.written();
	world.delivery.enter(SERVER, ME);
	await world.written();
	const places = [...world.disk.places.keys()];
	expect([states(world), places]).toEqual([["line 0 queued"], [HERE]]);
});

test("lines without an identity go after the lines of the connected identity", async () => {
	const world = new World("exactlyOnce", false);
	world.journal.adopt(HERE, [left("older")]);
	world.say();
	await world.written();
	world.delivery.enter(SERVER, ME);
	await world.finish();
	expect(world.server.texts).toEqual(["older", "line 0"]);
});

test("an idle delivery runs no timer", async () => {
	const world = new World("exactlyOnce");
	world.say();
	await world.finish();
	expect(vi.getTimerCount()).toBe(0);
});
