import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Server } from "../support/chatServer";
import { startServer } from "../../scripts/lib/spacetimedb.mjs";
import type { Caller } from "../support/callers";
import { ACTIVITY_MS, ChatWorld } from "../support/callers";
import type { Step } from "../support/roomModel";
import { RoomModel } from "../support/roomModel";

const PEOPLE = 3;
const MAX_ROOMS = 2;
const RUNS = 6;

let server: Server;
beforeAll(async () => {
	server = await startServer();
});
afterAll(async () => {
	await server.stop();
});

const person = fc.nat(PEOPLE - 1);
const room = fc.nat(MAX_ROOMS - 1);
const steps = fc.array(
	fc.oneof(
		fc.record({ kind: fc.constant("setRole" as const), by: person, to: person, role: fc.nat(2) }),
		fc.record({ kind: fc.constantFrom("ban" as const, "lift" as const), by: person, to: person }),
		fc.record({
			kind: fc.constantFrom("invite" as const, "remove" as const),
			by: person,
			to: person,
			room,
		}),
		fc.record({
			kind: fc.constantFrom("leave" as const, "post" as const, "post" as const),
			by: person,
			room,
		}),
		fc.record({ kind: fc.constant("invite" as const), by: person, to: person, room }),
		fc.record({ kind: fc.constant("read" as const), by: person, room, seq: fc.nat(10) }),
		fc.record({ kind: fc.constant("create" as const), by: person }),
	),
	{ minLength: 20, maxLength: 60 },
);

/** Performs a step on the real server. @returns the code of the answer */
async function take(
	step: Step,
	world: ChatWorld,
	people: readonly Caller[],
	rooms: number[],
	posts: number,
) {
	const by = people[step.by]!;
	// The id of a missing room.
	const id = "room" in step ? (rooms[step.room] ?? 2 ** 30 + 1) : 0;
	switch (step.kind) {
		case "setRole":
			return by.code("set_role", people[step.to]!.id, step.role);
		case "ban":
			return by.code("ban", people[step.to]!.id, "reason");
		case "lift":
			return by.code("lift", people[step.to]!.id, 2, "");
		case "create": {
			const answer = await by.code(
				"create_room",
				`room ${rooms.length}`,
				"",
				true,
				world.clientId(),
			);
			if (answer === "ok") {
				const found = await by.rows("SELECT room FROM private_room");
				rooms.push(
					Number(found.map(([known]) => known).find((known) => !rooms.includes(Number(known)))),
				);
			}
			return answer;
		}
		case "invite":
			return by.code("invite", id, people[step.to]!.id);
		case "remove":
			return by.code("remove_member", id, people[step.to]!.id);
		case "leave":
			return by.code("leave_room", id);
		case "post":
			return by.code("post_message", id, world.clientId(), `post ${posts}`);
		case "read":
			return by.code("mark_read", id, step.seq);
	}
}

/** Returns what a person sees of a room, by their rows. */
async function seen(by: Caller, id: number) {
	const rows = await by.rows(`SELECT id FROM private_room WHERE room = ${id}`);
	const posts = await by.rows(`SELECT seq, text FROM private_post WHERE room = ${id}`);
	const [mark] = await by.rows(`SELECT unread_from FROM read_mark WHERE room = ${id}`);
	const [activity] = await by.rows(`SELECT next_seq FROM private_activity WHERE room = ${id}`);
	const texts = posts.sort(([a], [b]) => Number(a) - Number(b)).map(([, text]) => text);
	if (rows.length === 0) {
		const isGone = posts.length === 0 && mark === undefined && activity === undefined;
		return isGone ? undefined : "leftovers";
	}
	return { texts, unread: Number(activity?.[0]) - Number(mark?.[0]) };
}

test(
	"any acts of three people leave an owner, and show each person what the rules allow",
	{ timeout: 300_000 },
	async () => {
		await fc.assert(
			fc.asyncProperty(steps, async (plan) => {
				const world = await ChatWorld.open(`invariants-${Date.now()}`, server);
				const people = await world.people(PEOPLE);
				await world.publisher.do("set_role", people[0]!.id, 2);
				await world.publisher.do("set_role", world.publisher.id, 0);
				const model = new RoomModel([2, 0, 0]);
				const rooms: number[] = [];
				const told: string[] = [];
				const expected: string[] = [];
				for (const step of plan) {
					if (step.kind === "create" && model.rooms.length === MAX_ROOMS) {
						continue;
					}
					const posts = "room" in step ? (model.rooms[step.room]?.posts.length ?? 0) : 0;
					told.push(`${step.kind} ${await take(step, world, people, rooms, posts)}`);
					expected.push(`${step.kind} ${model.take(step)}`);
				}
				await new Promise((wake) => setTimeout(wake, ACTIVITY_MS));
				const owners = await people[0]!.rows("SELECT identity FROM role WHERE rank = 2");
				const views = await Promise.all(
					people.flatMap((by) => rooms.map(async (id) => seen(by, id))),
				);
				const modelled = people.flatMap((_, by) =>
					rooms.map((_id, index) => model.seenBy(by, index)),
				);
				expect([told, owners.length >= 1, owners.length, views]).toEqual([
					expected,
					true,
					model.owners,
					modelled,
				]);
			}),
			{ numRuns: RUNS, endOnFailure: true },
		);
	},
);
