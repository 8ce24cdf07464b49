// Written by `npm run generate` from the module in server/. Changes made here are lost.

/** Types that the module names. A sum lists its variants, a product its fields. */
export const TYPES = {
	PostState: { sum: ["Normal", "Deleted", "Removed"] },
	SearchHit: { product: { seq: "U64", sender: "Identity", sent: "Timestamp", excerpt: "String" } },
} as const;

/** Public tables. The columns are in the order of the schema, in which the server encodes a row. */
export const TABLES = {
	limits: {
		name: "limits",
		primaryKey: "id",
		columns: {
			id: "U8",
			messageLength: "U32",
			nameLength: "U32",
			burst: "U32",
			perSecond: "U32",
			mirrored: "U32",
		},
	},
	membership: {
		name: "membership",
		primaryKey: "id",
		columns: {
			id: "U64",
			owner: "Identity",
			room: "U32",
			joinedAt: "Timestamp",
		},
	},
	mention: {
		name: "mention",
		primaryKey: "id",
		columns: {
			id: "U64",
			owner: "Identity",
			room: "U32",
			seq: "U64",
			sender: "Identity",
			sent: "Timestamp",
			excerpt: "String",
		},
	},
	message: {
		name: "message",
		columns: {
			sender: "Identity",
			sent: "Timestamp",
			text: "String",
		},
	},
	moderationLog: {
		name: "moderation_log",
		primaryKey: "id",
		columns: {
			id: "U64",
			viewer: "Identity",
			entry: "U64",
			at: "Timestamp",
			by: "Identity",
			action: "String",
			person: "Identity",
			room: "Option<U32>",
			seq: "Option<U64>",
			detail: "String",
		},
	},
	post: {
		name: "post",
		primaryKey: "id",
		columns: {
			id: "U64",
			page: "U64",
			room: "U32",
			seq: "U64",
			sender: "Identity",
			sent: "Timestamp",
			clientId: "Option<String>",
			text: "String",
			replyTo: "Option<U64>",
			edited: "Option<Timestamp>",
			state: "PostState",
		},
	},
	postVersion: {
		name: "post_version",
		primaryKey: "id",
		columns: {
			id: "U64",
			room: "U32",
			seq: "U64",
			text: "String",
			writtenAt: "Timestamp",
		},
	},
	privateActivity: {
		name: "private_activity",
		primaryKey: "id",
		columns: {
			id: "U64",
			recipient: "Identity",
			room: "U32",
			nextSeq: "U64",
			sender: "Identity",
			sent: "Timestamp",
			excerpt: "String",
		},
	},
	privatePost: {
		name: "private_post",
		primaryKey: "id",
		columns: {
			id: "U64",
			recipient: "Identity",
			page: "U64",
			room: "U32",
			seq: "U64",
			sender: "Identity",
			sent: "Timestamp",
			clientId: "Option<String>",
			text: "String",
			replyTo: "Option<U64>",
			edited: "Option<Timestamp>",
			state: "PostState",
		},
	},
	privatePostVersion: {
		name: "private_post_version",
		primaryKey: "id",
		columns: {
			id: "U64",
			recipient: "Identity",
			room: "U32",
			seq: "U64",
			text: "String",
			writtenAt: "Timestamp",
		},
	},
	privateReaction: {
		name: "private_reaction",
		primaryKey: "id",
		columns: {
			id: "U64",
			recipient: "Identity",
			page: "U64",
			room: "U32",
			seq: "U64",
			who: "Identity",
			emoji: "String",
		},
	},
	privateRoom: {
		name: "private_room",
		primaryKey: "id",
		columns: {
			id: "U64",
			recipient: "Identity",
			room: "U32",
			kind: "U8",
			name: "String",
			topic: "String",
			members: "Array<Identity>",
			host: "Identity",
			createdAt: "Timestamp",
			archived: "Bool",
			joinedSeq: "U64",
		},
	},
	privateTyping: {
		name: "private_typing",
		primaryKey: "id",
		columns: {
			id: "U64",
			recipient: "Identity",
			room: "U32",
			identity: "Identity",
			at: "Timestamp",
		},
	},
	profile: {
		name: "profile",
		primaryKey: "identity",
		columns: {
			identity: "Identity",
			statusText: "String",
			emoji: "String",
			until: "Option<Timestamp>",
			availability: "U8",
			lastSeen: "Option<Timestamp>",
		},
	},
	reaction: {
		name: "reaction",
		primaryKey: "id",
		columns: {
			id: "U64",
			page: "U64",
			room: "U32",
			seq: "U64",
			who: "Identity",
			emoji: "String",
		},
	},
	readMark: {
		name: "read_mark",
		primaryKey: "id",
		columns: {
			id: "U64",
			owner: "Identity",
			room: "U32",
			unreadFrom: "U64",
		},
	},
	role: {
		name: "role",
		primaryKey: "identity",
		columns: {
			identity: "Identity",
			rank: "U8",
		},
	},
	room: {
		name: "room",
		primaryKey: "id",
		columns: {
			id: "U32",
			name: "String",
			topic: "String",
			createdBy: "Identity",
			createdAt: "Timestamp",
			archived: "Bool",
		},
	},
	roomActivity: {
		name: "room_activity",
		primaryKey: "room",
		columns: {
			room: "U32",
			nextSeq: "U64",
			sender: "Identity",
			sent: "Timestamp",
			excerpt: "String",
		},
	},
	roomHead: {
		name: "room_head",
		primaryKey: "room",
		columns: {
			room: "U32",
			page: "U64",
		},
	},
	sanction: {
		name: "sanction",
		primaryKey: "id",
		columns: {
			id: "U64",
			identity: "Identity",
			kind: "U8",
			until: "Option<Timestamp>",
		},
	},
	sanctionDetail: {
		name: "sanction_detail",
		primaryKey: "id",
		columns: {
			id: "U64",
			viewer: "Identity",
			identity: "Identity",
			kind: "U8",
			until: "Option<Timestamp>",
			reason: "String",
			by: "Option<Identity>",
			at: "Timestamp",
		},
	},
	searchResult: {
		name: "search_result",
		primaryKey: "asker",
		columns: {
			asker: "Identity",
			room: "U32",
			queryId: "U64",
			hits: "Array<SearchHit>",
			older: "Option<U64>",
			isCatchingUp: "Bool",
			isCut: "Bool",
		},
	},
	typing: {
		name: "typing",
		primaryKey: "id",
		columns: {
			id: "U64",
			room: "U32",
			identity: "Identity",
			at: "Timestamp",
		},
	},
	user: {
		name: "user",
		primaryKey: "identity",
		columns: {
			identity: "Identity",
			name: "Option<String>",
			online: "Bool",
		},
	},
} as const;
export type TableName = keyof typeof TABLES;

/** Reducers that a client may call, with their arguments in order. */
export const REDUCERS = {
	announce: {
		name: "announce",
		args: { clientId: "String" },
	},
	archiveRoom: {
		name: "archive_room",
		args: { room: "U32", isArchived: "Bool" },
	},
	ban: {
		name: "ban",
		args: { person: "Identity", reason: "String" },
	},
	createRoom: {
		name: "create_room",
		args: { name: "String", topic: "String", isPrivate: "Bool", clientId: "String" },
	},
	deletePost: {
		name: "delete_post",
		args: { room: "U32", seq: "U64" },
	},
	editPost: {
		name: "edit_post",
		args: { room: "U32", seq: "U64", text: "String" },
	},
	invite: {
		name: "invite",
		args: { room: "U32", person: "Identity" },
	},
	joinRoom: {
		name: "join_room",
		args: { room: "U32" },
	},
	leaveRoom: {
		name: "leave_room",
		args: { room: "U32" },
	},
	lift: {
		name: "lift",
		args: { person: "Identity", kind: "U8", reason: "String" },
	},
	markRead: {
		name: "mark_read",
		args: { room: "U32", seq: "U64" },
	},
	openDirect: {
		name: "open_direct",
		args: { person: "Identity" },
	},
	postMessage: {
		name: "post_message",
		args: { room: "U32", clientId: "String", text: "String" },
	},
	postReply: {
		name: "post_reply",
		args: { room: "U32", clientId: "String", text: "String", replyTo: "U64" },
	},
	react: {
		name: "react",
		args: { room: "U32", seq: "U64", emoji: "String", isOn: "Bool" },
	},
	removeMember: {
		name: "remove_member",
		args: { room: "U32", person: "Identity" },
	},
	removePost: {
		name: "remove_post",
		args: { room: "U32", seq: "U64" },
	},
	renameRoom: {
		name: "rename_room",
		args: { room: "U32", name: "String" },
	},
	search: {
		name: "search",
		args: { room: "U32", queryId: "U64", text: "String", beforeSeq: "Option<U64>" },
	},
	sendMessage: {
		name: "send_message",
		args: { text: "String" },
	},
	setAvailability: {
		name: "set_availability",
		args: { availability: "U8" },
	},
	setLimits: {
		name: "set_limits",
		args: { messageLength: "U32", nameLength: "U32", burst: "U32", perSecond: "U32", mirrored: "U32" },
	},
	setName: {
		name: "set_name",
		args: { name: "String" },
	},
	setRole: {
		name: "set_role",
		args: { person: "Identity", rank: "U8" },
	},
	setStatus: {
		name: "set_status",
		args: { text: "String", emoji: "String", until: "Option<Timestamp>" },
	},
	setTopic: {
		name: "set_topic",
		args: { room: "U32", topic: "String" },
	},
	startTyping: {
		name: "start_typing",
		args: { room: "U32" },
	},
	timeOut: {
		name: "time_out",
		args: { person: "Identity", seconds: "U32", reason: "String" },
	},
} as const;
export type ReducerName = keyof typeof REDUCERS;

/** Values of `role.rank`. A member has no row. */
export const ROLE_MEMBER = 0;
export const ROLE_MODERATOR = 1;
export const ROLE_OWNER = 2;
/** Values of `kind` in the tables of sanctions. */
export const SANCTION_TIME_OUT = 1;
export const SANCTION_BAN = 2;
/** Values of `profile.availability`. */
export const AVAILABILITY_AVAILABLE = 0;
export const AVAILABILITY_AWAY = 1;
export const AVAILABILITY_BUSY = 2;
/** Values of `private_room.kind`. A room of direct messages keeps its two members. */
export const ROOM_PRIVATE = 1;
export const ROOM_DIRECT = 2;
/** Id of the room that terminal clients see. */
export const LOBBY = 1;
/**
 * First id of private rooms, 2^30. Their ids are random up to twice this number, so that gaps
 * between public ids don't reveal how many private rooms exist.
 */
export const FIRST_PRIVATE_ROOM = 1073741824;
/**
 * Posts on one page. An index answers equality on a page, but not a range of posts (server 1.3.0).
 */
export const PAGE_SIZE = 128;
/** Low bits of a page's id, which hold `seq / PAGE_SIZE`. The high bits hold the room. */
export const PAGE_BITS = 32;
/** Low bits of a post's id, which hold its `seq`. The high bits hold the room. */
export const SEQ_BITS = 40;
/** Length of a message in Unicode scalar values, unless an owner changed it. */
export const DEFAULT_MESSAGE_LENGTH = 8000;
/** Length of a person's name in Unicode scalar values, unless an owner changed it. */
export const DEFAULT_NAME_LENGTH = 64;
/** Messages that a person may send at once after a pause, unless an owner changed it. */
export const DEFAULT_BURST = 20;
/** Messages per second after the burst, unless an owner changed it. */
export const DEFAULT_PER_SECOND = 5;
/** Posts of the lobby that terminal clients see, unless an owner changed it. */
export const DEFAULT_MIRRORED = 1000;
/** Length of a client id in bytes. A UUID has 36. */
export const MAX_CLIENT_ID_LENGTH = 64;
/**
 * Days for which a client id is remembered. A client repeats a call for one day at most; the rest
 * leaves room for a wrong clock.
 */
export const SEND_KEY_DAYS = 8;
/** Length of a room's name in Unicode scalar values. */
export const MAX_ROOM_NAME_LENGTH = 64;
/** Length of a room's topic in Unicode scalar values. */
export const MAX_TOPIC_LENGTH = 200;
/** Public rooms of a database. Every client gets every room. */
export const MAX_ROOMS = 1000;
/** Public rooms that one person may join. */
export const MAX_JOINED_ROOMS = 200;
/** Private rooms of a person, direct messages included, from which on creating one is refused. */
export const MAX_PRIVATE_ROOMS = 500;
/** Members of a private room. Each post is one row for every member. */
export const MAX_MEMBERS = 64;
/** Length of a status in Unicode scalar values. */
export const MAX_STATUS_LENGTH = 100;
/** Duration of a status in days. */
export const MAX_STATUS_DAYS = 366;
/**
 * Length of an emoji in Unicode scalar values. A family of four joined by three joiners has seven.
 */
export const MAX_EMOJI_LENGTH = 8;
/** Different emoji under one message. */
export const MAX_REACTIONS = 20;
/** Edits of one message. */
export const MAX_EDITS = 50;
/** Words beginning with `@` in one message that are compared with names. */
export const MAX_NAMES_IN_MESSAGE = 10;
/** People that one message mentions, and people that one name finds. */
export const MAX_MENTIONED = 16;
/** Length of the excerpt of a message in Unicode scalar values, in mentions and lists of rooms. */
export const MAX_EXCERPT_LENGTH = 120;
/** Seconds for which a sign of typing is shown. */
export const TYPING_SECONDS = 6;
/** Seconds in which further signs of typing have no effect. */
export const TYPING_PAUSE_SECONDS = 3;
/** Seconds for which a person without a connection stays online. */
export const GRACE_SECONDS = 15;
/** Length of a moderator's reason in Unicode scalar values. */
export const MAX_REASON_LENGTH = 500;
/** Duration of a time-out in seconds, 31 days. */
export const MAX_TIME_OUT_SECONDS = 2678400;
/** Entries of the moderation log. The log has up to 49 more before the oldest are deleted. */
export const MODERATION_ENTRIES = 500;
/** Length of the text of a search in Unicode scalar values. */
export const MAX_SEARCH_LENGTH = 200;
/** Words of one search. */
export const MAX_SEARCH_WORDS = 16;
/** Hits in one answer. */
export const MAX_SEARCH_HITS = 50;
/** Length of a hit's excerpt in UTF-16 units, as a panel counts. */
export const MAX_SEARCH_EXCERPT_LENGTH = 200;
/** Searches that a person may make at once after a pause. */
export const SEARCH_BURST = 10;
/** Searches per second after the burst. */
export const SEARCHES_PER_SECOND = 5;
