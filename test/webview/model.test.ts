import { describe, expect, it } from "vitest";
import { MAX_VIEW_ENTRIES } from "../../src/shared/chat";
import { addEcho, reduce, shownEntries } from "../../src/webview/model/model";
import type { ToWebview } from "../../src/shared/protocol";
import { LOBBY } from "../../src/shared/room";
import { ADA, chat, message, ME, modelOf, post, room, roomAt } from "./support/facts";

const echo = {
	...{ clientId: "d1", room: LOBBY, text: "hello", replyTo: undefined },
	...{ sinceMs: 5, isAccepted: false },
};
const keys = (model: Parameters<typeof shownEntries>[0]) =>
	shownEntries(model).map(({ key }) => key);

describe("a snapshot", () => {
	it("replaces the whole model", () => {
		const model = modelOf(
			{ entries: [message("k1")] },
			{
				type: "snapshot",
				chat: { ...modelChat(), entries: [message("k3"), message("k2")] },
			},
		);
		expect(keys(model)).toEqual(["k2", "k3"]);
	});

	it("keeps a message that the host has not accepted yet", () => {
		const model = addEcho(modelOf(), echo);
		const after = reduce(model, { type: "snapshot", chat: modelChat() });
		expect(after.kind === "redraw" && keys(after.model)).toEqual(["d1"]);
	});

	it("replaces an echo that it contains", () => {
		const model = addEcho(modelOf(), echo);
		const chat = { ...modelChat(), entries: [message("d1", { sender: ME })] };
		const after = reduce(model, { type: "snapshot", chat });
		expect(after.kind === "redraw" && after.model.echoes).toEqual([]);
	});

	it("drops an accepted message that it does not contain", () => {
		let model = addEcho(modelOf(), echo);
		for (const event of [
			{ type: "sendResult", clientId: "d1", outcome: { kind: "accepted" } },
			{ type: "snapshot", chat: modelChat() },
		] as const) {
			const after = reduce(model, event);
			model = after.kind === "redraw" ? after.model : model;
		}
		expect(keys(model)).toEqual([]);
	});
});

describe("changes", () => {
	it("insert, replace and remove entries in their order", () => {
		const model = modelOf(
			{ entries: [message("k1"), message("k3"), message("k4")] },
			{
				type: "changes",
				seq: 2,
				changes: [
					{
						type: "entriesChanged",
						upserts: [message("k2"), message("k3", { text: "edited" })],
						removed: ["k4"],
					},
				],
			},
		);
		expect(
			shownEntries(model).map((entry) => [entry.key, entry.kind === "message" && entry.text]),
		).toEqual([
			["k1", "text of k1"],
			["k2", "text of k2"],
			["k3", "edited"],
		]);
	});

	it("set the edges of the view range", () => {
		const edges = { older: "loading", newer: "more" } as const;
		const model = modelOf(
			{},
			{ type: "changes", seq: 2, changes: [{ type: "edgesChanged", edges }] },
		);
		expect(model.edges).toEqual(edges);
	});

	it("add no entry for messages below the view range", () => {
		const model = modelOf(
			{},
			{
				type: "changes",
				seq: 2,
				changes: [{ type: "arrivedBelow", messages: [message("k9")], others: 0 }],
			},
		);
		expect(keys(model)).toEqual([]);
	});

	it("keep the newest entries if there are too many", () => {
		const upserts = Array.from({ length: MAX_VIEW_ENTRIES + 2 }, (_, index) =>
			message(`k${index}`),
		);
		const model = modelOf(
			{},
			{ type: "changes", seq: 2, changes: [{ type: "entriesChanged", upserts, removed: [] }] },
		);
		expect([model.entries.length, model.entries[0]?.key]).toEqual([MAX_VIEW_ENTRIES, "k2"]);
	});

	it("ask for a snapshot after a gap", () => {
		expect(reduce(modelOf(), { type: "changes", seq: 3, changes: [] })).toEqual({
			kind: "resync",
		});
	});

	it("are ignored when they are repeated", () => {
		expect(reduce(modelOf(), { type: "changes", seq: 1, changes: [] })).toEqual({ kind: "same" });
	});

	it("rename and remove people", () => {
		const model = modelOf(
			{},
			{
				type: "changes",
				seq: 2,
				changes: [
					{
						type: "peopleChanged",
						upserts: [{ identity: ADA, name: "Countess", isOnline: true }],
						removed: [ME],
					},
				],
			},
		);
		expect([...model.people.values()].map(({ name }) => name).sort()).toEqual([
			"Countess",
			"Grace",
		]);
	});

	it("keep the own identity when they have none", () => {
		const model = modelOf(
			{},
			{
				type: "changes",
				seq: 2,
				changes: [{ type: "connectionChanged", connection: { kind: "disconnected" } }],
			},
		);
		expect([model.me, model.connection.kind]).toEqual([ME, "disconnected"]);
	});

	it("replace an echo by the host's message with the same key", () => {
		const model = addEcho(modelOf(), echo);
		const after = reduce(model, {
			type: "changes",
			seq: 2,
			changes: [{ type: "entriesChanged", upserts: [message("d1", { sender: ME })], removed: [] }],
		});
		expect(after.kind === "redraw" && keys(after.model)).toEqual(["d1"]);
	});
});

describe("a room", () => {
	const rooms = [room(1, "lobby", { unread: 2, unreadFrom: 3 }), room(2, "ops")];
	const entries = [1, 2, 3, 4].map((seq) => message(`k${seq}`, { post: post(seq) }));

	it("that is entered has a first unread message", () => {
		expect(modelOf({ rooms, entries }).firstUnread).toBe(3);
	});

	it("that is shown again keeps the first unread message, and loses it when it is left", () => {
		const read = [room(1, "lobby", { unreadFrom: 5 }), room(2, "ops")];
		const again: ToWebview = { type: "snapshot", chat: chat({ rooms: read, entries }) };
		const other: ToWebview = { type: "snapshot", chat: chat({ rooms: read, openRoom: roomAt(2) }) };
		expect([
			modelOf({ rooms, entries }, again).firstUnread,
			modelOf({ rooms, entries }, other, again).firstUnread,
		]).toEqual([3, undefined]);
	});

	it("whose view range ends further up has no first unread message", () => {
		const edges = { older: "none", newer: "more" } as const;
		expect(modelOf({ rooms, entries, edges }).firstUnread).toBeUndefined();
	});

	it("changes, comes and goes", () => {
		const model = modelOf(
			{ rooms },
			{
				type: "changes",
				seq: 2,
				changes: [{ type: "roomsChanged", upserts: [room(3, "new")], removed: [2] }],
			},
		);
		expect([...model.rooms.keys()]).toEqual([1, 3]);
	});

	it("shows its own echoes only", () => {
		const model = addEcho(modelOf({ rooms, openRoom: roomAt(2) }), echo);
		expect(keys(model)).toEqual([]);
	});

	it("loses the echo of another room once the host has the message", () => {
		const after = reduce(addEcho(modelOf({ rooms, openRoom: roomAt(2) }), echo), {
			type: "sendResult",
			clientId: "d1",
			outcome: { kind: "accepted" },
		});
		expect(after.kind === "redraw" && after.model.echoes).toEqual([]);
	});
});

it("typing people and the own sanction are those of the last event", () => {
	const ownSanction = { kind: "ban", reason: "", by: ADA } as const;
	const model = modelOf(
		{ ownSanction },
		{
			type: "changes",
			seq: 2,
			changes: [{ type: "typingChanged", typing: [ADA] }, { type: "ownSanctionChanged" }],
		},
	);
	expect([model.typing, model.ownSanction]).toEqual([[ADA], undefined]);
});

describe("the result of a send", () => {
	it("removes a refused message", () => {
		const after = reduce(addEcho(modelOf(), echo), {
			type: "sendResult",
			clientId: "d1",
			outcome: { kind: "refused", sentence: "No." },
		});
		expect(after.kind === "redraw" && keys(after.model)).toEqual([]);
	});

	it("keeps an accepted message until the host's entry comes", () => {
		const after = reduce(addEcho(modelOf(), echo), {
			type: "sendResult",
			clientId: "d1",
			outcome: { kind: "accepted" },
		});
		expect(after.kind === "redraw" && keys(after.model)).toEqual(["d1"]);
	});
});

it("gives the same object for the same unsent message", () => {
	const model = addEcho(modelOf(), echo);
	expect(shownEntries(model)[0]).toBe(shownEntries(model)[0]);
});

function modelChat() {
	return chat({ seq: 7, connection: { kind: "disconnected" } });
}
