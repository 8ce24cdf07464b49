import { describe, expect, it } from "vitest";
import type { Message } from "../../src/shared/chat";
import type { Person, Role } from "../../src/shared/person";
import { NO_FEATURES, type Room } from "../../src/shared/room";
import { messagePermissions } from "../../src/webview/message/permissions";
import {
	personActions,
	permissionsOf,
	type Permissions,
} from "../../src/webview/people/permissions";
import { ADA, ALL_FEATURES, ME, message, modelOf, post, room } from "./support/facts";

function permissions(
	role?: Role,
	of: Room = room(2, "b"),
	part: Partial<Permissions> = {},
): Permissions {
	return { features: ALL_FEATURES, me: ME, role, room: of, canWrite: true, ...part };
}

const ada = (role?: Role): Person => ({
	identity: ADA,
	isOnline: true,
	...(role === undefined ? {} : { role }),
});
const theirs = message("m1", { post: post(1) });
const own = message("m1", { sender: ME, post: post(1) });
const hosted = room(2, "b", { kind: "private", isOwn: true });

describe("the commands on a message", () => {
	it.each<[string, Message, Permissions, Role | undefined, string]>([
		["of others", theirs, permissions(), undefined, "react reply copyText message"],
		["of one's own", own, permissions(), undefined, "react reply edit copyText delete"],
		[
			"of others, by a moderator",
			theirs,
			permissions("moderator"),
			undefined,
			"react reply copyText message remove timeOut ban",
		],
		[
			"of an owner, by a moderator",
			theirs,
			permissions("moderator"),
			"owner",
			"react reply copyText message remove",
		],
		[
			"of a moderator, by an owner",
			theirs,
			permissions("owner"),
			"moderator",
			"react reply copyText message remove timeOut ban",
		],
		[
			"of others in an own private room",
			theirs,
			permissions(undefined, hosted),
			undefined,
			"react reply copyText message remove",
		],
		[
			"in a conversation, by a moderator",
			theirs,
			permissions("moderator", room(2, "", { kind: "direct" })),
			undefined,
			"react reply copyText timeOut ban",
		],
		[
			"by somebody in a time-out",
			own,
			permissions(undefined, room(2, "b"), { canWrite: false }),
			undefined,
			"copyText",
		],
		[
			"that was edited",
			message("m1", { post: post(1, { editedMs: 5 }) }),
			permissions(),
			undefined,
			"react reply copyText showVersions message",
		],
		[
			"that is gone",
			message("m1", { sender: ME, post: post(1, { gone: "removed" }) }),
			permissions("owner"),
			undefined,
			"",
		],
		[
			"of a tutorial's database",
			message("m1"),
			permissions("owner", room(1, "lobby"), { features: NO_FEATURES }),
			undefined,
			"copyText",
		],
	])("%s", (_what, of, by, authorRank, deeds) => {
		expect(messagePermissions(of, ada(authorRank), by).join(" ")).toBe(deeds);
	});
});

describe("the actions on a person", () => {
	it.each<[string, Person, Role | undefined, string]>([
		["others", ada(), undefined, "message copyIdentity"],
		["oneself", { identity: ME, isOnline: true }, "owner", "copyIdentity"],
		["others, by a moderator", ada(), "moderator", "message copyIdentity timeOut ban"],
		["a moderator, by a moderator", ada("moderator"), "moderator", "message copyIdentity"],
		[
			"a moderator, by an owner",
			ada("moderator"),
			"owner",
			"message copyIdentity timeOut ban setRank",
		],
		["an owner, by an owner", ada("owner"), "owner", "message copyIdentity setRank"],
		[
			"somebody banned, by a moderator",
			{ ...ada(), sanction: { kind: "ban" } },
			"moderator",
			"message copyIdentity timeOut ban lift",
		],
	])("%s", (_what, person, role, actions) => {
		expect(personActions(person, permissions(role)).join(" ")).toBe(actions);
	});

	it("have only Copy Identity in a quickstart database", () => {
		expect(personActions(ada(), { features: NO_FEATURES, me: ME, role: undefined })).toEqual([
			"copyIdentity",
		]);
	});
});

it("an expired time-out forbids no writing", () => {
	const ownSanction = { kind: "timeOut", untilMs: 1_000, reason: "", by: ADA } as const;
	const model = modelOf({ ownSanction });
	expect([permissionsOf(model, 999).canWrite, permissionsOf(model, 1_000).canWrite]).toEqual([
		false,
		true,
	]);
});
