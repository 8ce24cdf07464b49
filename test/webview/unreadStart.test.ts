import { expect, test } from "vitest";
import type { Edge } from "../../src/shared/chat";
import { LOBBY } from "../../src/shared/room";
import { unreadStart } from "../../src/webview/log/unreadStart";
import { ALL_FEATURES, ME, message, modelOf, post, room } from "./support/facts";

/** Returns the unread start for messages with these numbers; negative ones are own messages. */
function startOf(seqs: readonly number[], unreadFrom: number, older: Edge = "none") {
	const entries = seqs.map((seq) =>
		message(`m${Math.abs(seq)}`, {
			order: Math.abs(seq),
			isOwn: seq < 0,
			sender: seq < 0 ? ME : "b".repeat(64),
			post: post(Math.abs(seq)),
		}),
	);
	return unreadStart(
		modelOf({
			features: ALL_FEATURES,
			rooms: [room(LOBBY, "lobby", { unreadFrom })],
			entries,
			edges: { older, newer: "none" },
		}),
	);
}

test.each([
	["nothing is unread", [5, 6, 7], 8, "more", { kind: "none" }],
	["the first unread is among them", [5, 6, 7], 6, "more", { kind: "here", key: "m6" }],
	["the first unread is the first of them", [5, 6, 7], 5, "more", { kind: "here", key: "m5" }],
	["the first unread is an own one", [5, -6, 7], 6, "more", { kind: "here", key: "m7" }],
	["all unread are own ones", [5, -6, -7], 6, "more", { kind: "none" }],
	["the window does not reach it", [5, 6, 7], 4, "more", { kind: "above", seq: 4 }],
	["it is on its way", [5, 6, 7], 4, "loading", { kind: "above", seq: 4 }],
	["nothing lies further up", [5, 6, 7], 4, "none", { kind: "here", key: "m5" }],
] as const)("where %s", (_, seqs, unread, older, start) => {
	expect(startOf(seqs, unread, older)).toEqual(start);
});

test("a room that the user has not joined has no unread message", () => {
	const entries = [message("m5", { order: 5, post: post(5) })];
	const model = modelOf({ features: ALL_FEATURES, rooms: [room(LOBBY, "lobby")], entries });
	expect(unreadStart(model)).toEqual({ kind: "none" });
});

test("a new message does not move the first unread one", () => {
	const entries = [message("m5", { order: 5, post: post(5) })];
	const model = modelOf(
		{ features: ALL_FEATURES, rooms: [room(LOBBY, "lobby", { unreadFrom: 5 })], entries },
		{
			type: "changes",
			seq: 2,
			changes: [
				{ type: "roomsChanged", upserts: [room(LOBBY, "lobby", { unreadFrom: 7 })], removed: [] },
				{
					type: "entriesChanged",
					upserts: [message("m6", { order: 6, post: post(6) })],
					removed: [],
				},
			],
		},
	);
	expect(unreadStart(model)).toEqual({ kind: "here", key: "m5" });
});
