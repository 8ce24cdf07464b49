import type { ChatSnapshot, Message } from "../../../src/shared/chat";
import type { Person } from "../../../src/shared/person";
import { LOBBY } from "../../../src/shared/room";
import {
	ADA,
	ALL_FEATURES,
	chat,
	GRACE,
	ME,
	message,
	post,
	room,
} from "../../webview/support/facts";

const LINUS = "d".repeat(64);
const KEN = "e".repeat(64);

/** Some minutes ago; the statuses and sanctions are of now. */
const BEGAN_MS = Date.now() - 40 * 60_000;

const PEOPLE: readonly Person[] = [
	{ identity: ME, name: "Yves", isOnline: true, role: "moderator", availability: "available" },
	{
		identity: ADA,
		name: "Ada",
		isOnline: true,
		role: "owner",
		availability: "busy",
		status: { text: "In a meeting until three, back after that", emoji: "📅" },
	},
	{
		identity: GRACE,
		name: "Grace Brewster Hopper",
		isOnline: true,
		availability: "away",
		status: { text: "", emoji: "☕" },
	},
	{
		identity: LINUS,
		name: "Linus",
		isOnline: false,
		lastSeenMs: Date.now() - 3 * 3_600_000,
		sanction: { kind: "timeOut", untilMs: Date.now() + 600_000 },
	},
	{ identity: KEN, isOnline: false, lastSeenMs: Date.now() - 9 * 86_400_000 },
];

const ROOMS = [
	room(LOBBY, "lobby", {
		topic: "Everybody is here, terminal clients too. Be kind.",
		last: { sender: ADA, sentMs: BEGAN_MS, excerpt: "Can you try it on the big database?" },
	}),
	room(2, "release-planning-and-notes", {
		unread: 12,
		mentions: 2,
		isOwn: true,
		last: { sender: GRACE, sentMs: BEGAN_MS, excerpt: "@Yves the notes are ready for you" },
	}),
	room(3, "ops", { kind: "private", isOwn: true, members: [ME, ADA], topic: "Keys and pagers" }),
	room(4, "", {
		kind: "direct",
		members: [ME, ADA],
		unread: 1,
		mentions: 1,
		last: { sender: ADA, sentMs: BEGAN_MS + 9, excerpt: "Have a minute?" },
	}),
	room(5, "", {
		kind: "direct",
		members: [ME, GRACE],
		last: { sender: ME, sentMs: BEGAN_MS, excerpt: "Thanks!" },
	}),
	room(6, "random", {
		isMuted: true,
		unread: 40,
		last: { sender: KEN, sentMs: 0, excerpt: "lol" },
	}),
	room(7, "old-project", { isArchived: true, isJoined: true }),
	room(8, "rust", { isJoined: false, topic: "Crabs" }),
	room(9, "typescript", { isJoined: false }),
	room(10, "design", { unread: 5, last: { sender: ADA, sentMs: 0, excerpt: "New icons" } }),
];

const TALK: readonly Message[] = [
	said(1, {
		sender: ADA,
		text: "The backlog opens in one page now. Can you try it on the big database?",
	}),
	said(2, { sender: ADA, text: "It used to take `6.5 s`.", post: post(2, { editedMs: BEGAN_MS }) }),
	said(3, {
		sender: GRACE,
		text: "",
		post: post(3, { gone: "removed" }),
	}),
	said(4, {
		sender: GRACE,
		text: "@yves opening a million rows feels like opening ten. Would you merge it?",
		post: post(4, {
			isForMe: true,
			quote: quoted(1, ADA, "The backlog opens in one page now. Can you try it"),
			reactions: [
				{ emoji: "👍", count: 2, isOwn: true, who: [ADA] },
				{ emoji: "🎉", count: 14, isOwn: false, who: [ADA, GRACE, LINUS] },
			],
		}),
	}),
	said(5, {
		sender: ME,
		text: "Merging.",
		post: post(5, { quote: quoted(4, GRACE, "@yves opening a million rows feels like") }),
	}),
	said(6, { sender: ME, text: "Release notes follow.", post: post(6, { editedMs: BEGAN_MS }) }),
	said(7, { sender: ADA, text: "Thank you both.", post: post(7) }),
	said(8, { sender: ADA, text: "I go on with the index.", post: post(8) }),
];

/** A talk in a database that can do everything, with everything in it. */
export function talk(
	part: Partial<ChatSnapshot> & { readonly unreadHere?: number } = {},
): ChatSnapshot {
	const { unreadHere = 0, ...rest } = part;
	const last = (rest.entries ?? TALK).at(-1);
	const newest = last?.kind === "message" ? (last.post?.seq ?? -1) : -1;
	const mark = { unread: unreadHere, unreadFrom: newest + 1 - unreadHere };
	return chat({
		features: ALL_FEATURES,
		rooms: ROOMS.map((one) =>
			one.id === (part.openRoom?.room ?? LOBBY) ? { ...one, ...mark, mentions: 0 } : one,
		),
		people: PEOPLE,
		entries: TALK,
		...rest,
	});
}

function said(seq: number, part: Partial<Message>): Message {
	return message(`m${seq}`, { sentMs: BEGAN_MS + seq * 60_000, post: post(seq), ...part });
}

function quoted(seq: number, sender: string, excerpt: string) {
	return { seq, hit: `h${seq}`, of: { sender, excerpt, isGone: false } };
}

export { ADA, GRACE };
