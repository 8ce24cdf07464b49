import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Caller } from "../support/callers";
import { ChatWorld, LOBBY, RANK } from "../support/callers";

/** The caller. A member of a public room has joined it; in a private room all but strangers are members. */
type Role = "maker" | "member" | "stranger" | "moderator" | "owner" | "author" | "banned";
const ROLES: readonly Role[] = [
	...(["maker", "member", "stranger", "moderator", "owner", "author", "banned"] as const),
];
type Where = "lobby" | "public" | "private" | "direct";

interface Scene {
	readonly room: number;
	/** The number of a post by `author`. */
	readonly seq: number;
	readonly other: Caller;
}

interface Action {
	readonly name: string;
	readonly where: Where;
	readonly call: (scene: Scene) => readonly [reducer: string, ...args: unknown[]];
	/** The allowed callers. */
	readonly allowed: readonly Role[];
	/** The refusal's code for all others; "rights" by default. */
	readonly refusals?: Partial<Record<Role, string>>;
}

/** The people in a room without a sanction. */
const INSIDE: readonly Role[] = ["maker", "member", "moderator", "owner", "author"];
const ALL: readonly Role[] = [...INSIDE, "stranger"];
const STRANGER_IN_PRIVATE = { stranger: "room" } as const;
const say = ({ room }: Scene) => ["post_message", room, "an-id", "text"] as const;
const reply = ({ room, seq }: Scene) => ["post_reply", room, "an-id", "text", seq] as const;
const edit = ({ room, seq }: Scene) => ["edit_post", room, seq, "changed"] as const;
const erase = ({ room, seq }: Scene) => ["delete_post", room, seq] as const;
const remove = ({ room, seq }: Scene) => ["remove_post", room, seq] as const;
const react = ({ room, seq }: Scene) => ["react", room, seq, "👍", true] as const;
const type = ({ room }: Scene) => ["start_typing", room] as const;
const rename = ({ room }: Scene) => ["rename_room", room, `renamed ${room}`] as const;
const describeRoom = ({ room }: Scene) => ["set_topic", room, "topic"] as const;
const archive = ({ room }: Scene) => ["archive_room", room, true] as const;
const invite = ({ room, other }: Scene) => ["invite", room, other.id] as const;
const leave = ({ room }: Scene) => ["leave_room", room] as const;
const read = ({ room, seq }: Scene) => ["mark_read", room, seq] as const;
const join = ({ room }: Scene) => ["join_room", room] as const;

/** The permissions of every role for every act. */
const TABLE: readonly Action[] = [
	{ name: "post", where: "lobby", call: say, allowed: ALL },
	{ name: "set the topic", where: "lobby", call: describeRoom, allowed: ["moderator", "owner"] },
	{
		name: "rename",
		where: "lobby",
		call: () => ["rename_room", LOBBY, "Lobby"],
		allowed: ["moderator", "owner"],
	},
	{ name: "remove a post", where: "lobby", call: remove, allowed: ["moderator", "owner"] },

	{ name: "post", where: "public", call: say, allowed: ALL },
	{ name: "reply", where: "public", call: reply, allowed: ALL },
	{ name: "react", where: "public", call: react, allowed: ALL },
	{ name: "type", where: "public", call: type, allowed: ALL },
	{ name: "join", where: "public", call: join, allowed: ALL },
	{ name: "leave", where: "public", call: leave, allowed: [...ALL, "banned"] },
	{ name: "mark read", where: "public", call: read, allowed: [...ALL, "banned"] },
	{ name: "edit a post", where: "public", call: edit, allowed: ["author"] },
	{ name: "delete a post", where: "public", call: erase, allowed: ["author"] },
	{ name: "remove a post", where: "public", call: remove, allowed: ["moderator", "owner"] },
	{ name: "rename", where: "public", call: rename, allowed: ["maker", "moderator", "owner"] },
	{
		name: "set the topic",
		where: "public",
		call: describeRoom,
		allowed: ["maker", "moderator", "owner"],
	},
	{ name: "archive", where: "public", call: archive, allowed: ["maker", "moderator", "owner"] },
	{
		name: "invite",
		where: "public",
		call: invite,
		allowed: [],
		refusals: Object.fromEntries(ALL.map((role) => [role, "room"])),
	},

	{ name: "post", where: "private", call: say, allowed: INSIDE, refusals: STRANGER_IN_PRIVATE },
	{ name: "reply", where: "private", call: reply, allowed: INSIDE, refusals: STRANGER_IN_PRIVATE },
	{ name: "react", where: "private", call: react, allowed: INSIDE, refusals: STRANGER_IN_PRIVATE },
	{ name: "type", where: "private", call: type, allowed: INSIDE, refusals: STRANGER_IN_PRIVATE },
	{ name: "join", where: "private", call: join, allowed: INSIDE, refusals: STRANGER_IN_PRIVATE },
	{
		name: "leave",
		where: "private",
		call: leave,
		allowed: [...INSIDE, "banned"],
		refusals: STRANGER_IN_PRIVATE,
	},
	{
		name: "mark read",
		where: "private",
		call: read,
		allowed: [...INSIDE, "banned"],
		refusals: STRANGER_IN_PRIVATE,
	},
	{
		name: "edit a post",
		where: "private",
		call: edit,
		allowed: ["author"],
		refusals: STRANGER_IN_PRIVATE,
	},
	{
		name: "delete a post",
		where: "private",
		call: erase,
		allowed: ["author"],
		refusals: STRANGER_IN_PRIVATE,
	},
	{
		name: "remove a post",
		where: "private",
		call: remove,
		allowed: ["maker", "moderator", "owner"],
		refusals: STRANGER_IN_PRIVATE,
	},
	{
		name: "rename",
		where: "private",
		call: rename,
		allowed: ["maker"],
		refusals: STRANGER_IN_PRIVATE,
	},
	{
		name: "set the topic",
		where: "private",
		call: describeRoom,
		allowed: ["maker"],
		refusals: STRANGER_IN_PRIVATE,
	},
	{
		name: "archive",
		where: "private",
		call: archive,
		allowed: ["maker"],
		refusals: STRANGER_IN_PRIVATE,
	},
	{
		name: "invite",
		where: "private",
		call: invite,
		allowed: INSIDE,
		refusals: STRANGER_IN_PRIVATE,
	},

	{
		name: "set limits",
		where: "lobby",
		call: () => ["set_limits", 8_000, 64, 1_000_000, 1_000_000, 1_000],
		allowed: ["owner"],
	},
	{
		name: "name a moderator",
		where: "lobby",
		call: ({ other }) => ["set_role", other.id, RANK.moderator],
		allowed: ["owner"],
	},
	{
		name: "time out",
		where: "lobby",
		call: ({ other }) => ["time_out", other.id, 60, "reason"],
		allowed: ["moderator", "owner"],
	},
	{
		name: "ban",
		where: "lobby",
		call: ({ other }) => ["ban", other.id, "reason"],
		allowed: ["moderator", "owner"],
	},
	{
		name: "lift",
		where: "lobby",
		call: ({ other }) => ["lift", other.id, 2, ""],
		allowed: ["moderator", "owner"],
	},
	{
		name: "open a conversation",
		where: "lobby",
		call: ({ other }) => ["open_direct", other.id],
		allowed: ALL,
	},
	{
		name: "set a status",
		where: "lobby",
		call: () => ["set_status", "busy", "", { none: [] }],
		allowed: ALL,
	},
	{ name: "be away", where: "lobby", call: () => ["set_availability", 1], allowed: ALL },
	{
		name: "make a private room",
		where: "lobby",
		call: () => ["create_room", "mine", "", true, "an-id"],
		allowed: ALL,
	},
];

let world: ChatWorld;
beforeAll(async () => {
	world = await ChatWorld.open("rights");
});
afterAll(async () => {
	await world.close();
});

async function cast(): Promise<Record<Role, Caller>> {
	const [maker, member, stranger, author, banned] = await world.people(5);
	return {
		maker: maker!,
		member: member!,
		stranger: stranger!,
		author: author!,
		banned: banned!,
		moderator: await world.ranked(RANK.moderator),
		owner: await world.ranked(RANK.owner),
	};
}

/** Makes a new room with all people and a post by the author; the ban follows the post. */
async function stage(where: Where, people: Record<Role, Caller>): Promise<Scene> {
	const { maker, author, banned, stranger: _stranger, ...others } = people;
	const inside = [author, banned, ...Object.values(others)];
	const room =
		where === "lobby"
			? LOBBY
			: where === "public"
				? await world.room(maker, false)
				: await world.roomOf(maker, ...inside);
	if (where === "public") {
		for (const person of inside) {
			await person.do("join_room", room);
		}
	}
	const seq = await world.say(author, room, "by the author");
	await world.publisher.do("ban", banned.id, "for the test");
	return { room, seq, other: await world.person() };
}

describe.each(TABLE)("$name in a $where room", ({ where, call, allowed, refusals = {} }) => {
	test("is allowed to the people of the table, and refused to all others", async () => {
		const answers: Partial<Record<Role, string>> = {};
		for (const role of ROLES) {
			const people = await cast();
			const scene = await stage(where, people);
			answers[role] = await people[role].code(...call(scene));
		}
		const expected = Object.fromEntries(
			ROLES.map((role) => [
				role,
				allowed.includes(role) ? "ok" : role === "banned" ? "banned" : (refusals[role] ?? "rights"),
			]),
		);
		expect(answers).toEqual(expected);
	});
});

describe("in a direct message", () => {
	test("no person removes a post of the other, not even an owner", async () => {
		const [owner, other] = [await world.ranked(RANK.owner), await world.person()];
		const room = await world.direct(owner, other);
		const seq = await world.say(other, room, "mine");
		expect(await owner.code("remove_post", room, seq)).toBe("rights");
	});
});

/** Roles of the moderator and of the target. */
test.each([
	[RANK.member, RANK.member, "rights"],
	[RANK.moderator, RANK.member, "ok"],
	[RANK.moderator, RANK.moderator, "rights"],
	[RANK.moderator, RANK.owner, "rights"],
	[RANK.owner, RANK.member, "ok"],
	[RANK.owner, RANK.moderator, "ok"],
	[RANK.owner, RANK.owner, "rights"],
])("a sanction by rank %i against rank %i: %s", async (by, against, answer) => {
	const [caller, person] = [await world.ranked(by), await world.ranked(against)];
	expect([
		await caller.code("time_out", person.id, 60, "reason"),
		await caller.code("ban", person.id, "reason"),
	]).toEqual([answer, answer]);
});
