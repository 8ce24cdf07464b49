import { expect, test } from "vitest";
import type { Edge } from "../../src/shared/chat";
import { LOBBY } from "../../src/shared/room";
import { unreadStart } from "../../src/webview/unread";
import { ALL_FEATURES, ME, message, modelOf, post, room } from "./support/facts";

/** The messages with these numbers, of which so many were unread on entering; own ones are negative. */
function startOf(seqs: readonly number[], unread: number, older: Edge = "none") {
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
			rooms: [{ ...room(LOBBY, "lobby"), unread }],
			entries,
			edges: { older, newer: "none" },
		}),
	);
}

test.each([
	["nothing is unread", [5, 6, 7], 0, "more", { kind: "none" }],
	["the first unread is among them", [5, 6, 7], 2, "more", { kind: "here", key: "m6" }],
	["the first unread is the first of them", [5, 6, 7], 3, "more", { kind: "here", key: "m5" }],
	["the first unread is an own one", [5, -6, 7], 2, "more", { kind: "here", key: "m7" }],
	["all unread are own ones", [5, -6, -7], 2, "more", { kind: "none" }],
	["the window does not reach it", [5, 6, 7], 4, "more", { kind: "above", seq: 4 }],
	["it is on its way", [5, 6, 7], 4, "loading", { kind: "above", seq: 4 }],
	["nothing lies further up", [5, 6, 7], 4, "none", { kind: "here", key: "m5" }],
] as const)("where %s", (_, seqs, unread, older, start) => {
	expect(startOf(seqs, unread, older)).toEqual(start);
});

test("a message that comes does not move where the unread ones begin", () => {
	const entries = [message("m5", { order: 5, post: post(5) })];
	const model = modelOf(
		{ features: ALL_FEATURES, rooms: [{ ...room(LOBBY, "lobby"), unread: 1 }], entries },
		{
			type: "changes",
			seq: 2,
			changes: [
				{ type: "roomsChanged", upserts: [room(LOBBY, "lobby")], removed: [] },
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
