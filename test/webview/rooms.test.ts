import { describe, expect, it, test } from "vitest";
import { LOBBY, type Room } from "../../src/shared/room";
import { roomActions } from "../../src/webview/rooms/roomPermissions";
import { groupRooms, newElsewhere, nextRoom } from "../../src/webview/rooms/roomOrder";
import { ADA, ALL_FEATURES, GRACE, ME, modelOf, room, roomAt } from "./support/facts";

const ROOMS: readonly Room[] = [
	room(5, "zoo"),
	room(LOBBY, "lobby"),
	room(3, "", {
		kind: "direct",
		members: [ME, ADA],
		last: { sender: ADA, sentMs: 1, excerpt: "" },
	}),
	room(4, "", {
		...{ kind: "direct", members: [GRACE, ME], unread: 2, mentions: 2 },
		last: { sender: ADA, sentMs: 2, excerpt: "" },
	}),
	room(2, "Attic", { unread: 3 }),
	room(6, "crabs", { isJoined: false }),
	room(7, "old", { isArchived: true }),
	room(8, "noise", { isMuted: true, unread: 90, mentions: 0 }),
];
const model = (roomId = LOBBY) =>
	modelOf({ rooms: ROOMS, openRoom: roomAt(roomId), features: ALL_FEATURES });
const ids = (rooms: readonly Room[]) => rooms.map(({ id }) => id);

test("rooms are sorted by name with the lobby first, direct messages by their last message", () => {
	const { rooms, direct, more, archived } = groupRooms(model());
	expect([rooms, direct, more, archived].map(ids)).toEqual([[1, 2, 8, 5], [4, 3], [6], [7]]);
});

test.each([
	[LOBBY, 1, false, 2],
	[LOBBY, -1, false, 3],
	[3, 1, false, LOBBY],
	[5, 1, true, 4],
	[2, 1, true, 4],
	[4, -1, true, 2],
	[7, 1, false, LOBBY],
	[7, -1, false, 3],
] as const)("from room %d, %d further (unread: %s) is room %d", (from, step, wantsUnread, to) => {
	expect(nextRoom(model(from), step, wantsUnread)?.id).toBe(to);
});

test("without unread messages, the next unread room is the next room", () => {
	const quiet = modelOf({ rooms: [room(1, "a"), room(2, "b")], features: ALL_FEATURES });
	expect(nextRoom(quiet, 1, true)?.id).toBe(2);
});

test("a single room has no next room", () => {
	expect(nextRoom(modelOf({ rooms: [room(1, "a")] }), 1, false)).toBeUndefined();
});

test("counts of other rooms leave out the open room, and of muted rooms all but mentions", () => {
	expect([newElsewhere(model()), newElsewhere(model(4))]).toEqual([
		{ unread: 5, mentions: 2 },
		{ unread: 3, mentions: 0 },
	]);
});

describe("the actions on a room", () => {
	it.each<[string, Room, Parameters<typeof roomActions>[1], string]>([
		["the lobby", room(LOBBY, "lobby"), "owner", "mute"],
		["a public one of others", room(2, "b"), undefined, "mute leave"],
		[
			"a public one of others, by a moderator",
			room(2, "b"),
			"moderator",
			"mute rename setTopic archive leave",
		],
		[
			"an own public one",
			room(2, "b", { isOwn: true }),
			undefined,
			"mute rename setTopic archive leave",
		],
		["one not joined", room(2, "b", { isJoined: false }), undefined, "join"],
		["a muted one", room(2, "b", { isMuted: true }), undefined, "unmute leave"],
		["a private one", room(2, "b", { kind: "private" }), "owner", "mute invite members leave"],
		[
			"an own private one",
			room(2, "b", { kind: "private", isOwn: true }),
			undefined,
			"mute invite members rename setTopic archive leave",
		],
		[
			"an archived own one",
			room(2, "b", { isArchived: true, isOwn: true }),
			undefined,
			"mute restore leave",
		],
		[
			"an archived one of others, not joined",
			room(2, "b", { isArchived: true, isJoined: false }),
			undefined,
			"",
		],
		["a conversation", room(2, "", { kind: "direct", isOwn: true }), "owner", "mute"],
	])("%s", (_what, of, role, actions) => {
		expect(roomActions(of, role).join(" ")).toBe(actions);
	});
});
