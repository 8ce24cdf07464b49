import * as v from "valibot";
import { MAX_REQUEST_LENGTH } from "./protocol";

/** The commands a view may ask for by name. */
const VIEW_COMMANDS = [
	"connect",
	"reconnect",
	"changeServer",
	"startLocalServer",
	"forgetIdentity",
	"openSettings",
	"allowInsecure",
	"setName",
	"showLog",
	"goToDate",
	"switchRoom",
	"createRoom",
	"setStatus",
] as const;
export type ViewCommand = (typeof VIEW_COMMANDS)[number];

/** Actions on a message, beside answering, editing and reacting. */
const MESSAGE_ACTIONS = ["delete", "remove", "showVersions", "copyText"] as const;
export type MessageAction = (typeof MESSAGE_ACTIONS)[number];

const PERSON_ACTIONS = ["message", "timeOut", "ban", "lift", "setRank", "copyIdentity"] as const;
export type PersonAction = (typeof PERSON_ACTIONS)[number];

const ROOM_ACTIONS = [
	"join",
	"leave",
	"invite",
	"members",
	"rename",
	"setTopic",
	"archive",
	"restore",
	"mute",
	"unmute",
] as const;
export type RoomAction = (typeof ROOM_ACTIONS)[number];

const uuid = v.pipe(v.string(), v.uuid());
const room = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2 ** 32 - 1));
const seq = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
const identity = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const text = v.pipe(v.string(), v.maxLength(MAX_REQUEST_LENGTH));
/** The key of a database's address, from the snapshot. */
const database = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));
/** The room that a request was made for; the host refuses it where another one would be changed. */
const target = v.strictObject({
	database,
	room,
	createdMicros: v.optional(v.pipe(v.number(), v.safeInteger())),
});

const toHostSchema = v.variant("type", [
	/**
	 * Requests a snapshot. `reading`: the room in which the reader goes on at an earlier position, so that
	 * its view range stays; absent for a reader at the latest message, or without a position.
	 */
	v.strictObject({ type: v.literal("ready"), reading: v.optional(room) }),
	/** Reports that everything up to this number is drawn, or will be once it is visible. */
	v.strictObject({ type: v.literal("drawn"), seq }),
	/** `clientId` is a UUID made when Enter was pressed. */
	v.strictObject({
		type: v.literal("send"),
		clientId: uuid,
		/** The room that it was typed in, which may be another than the one that is open now. */
		target,
		text,
		/** The number of the message that it answers. */
		replyTo: v.optional(seq),
	}),
	/** Sets the user's name; answered by `sendResult`, as `send` is. */
	v.strictObject({ type: v.literal("setName"), clientId: uuid, database, name: text }),
	/** Replaces the text of an own message; answered by `sendResult`, as `send` is. */
	v.strictObject({ type: v.literal("edit"), clientId: uuid, target, seq, text }),
	/** Opens a room; answered by a snapshot. */
	v.strictObject({ type: v.literal("enterRoom"), target }),
	v.strictObject({
		type: v.literal("react"),
		target,
		seq,
		emoji: v.pipe(v.string(), v.maxLength(64)),
		isOn: v.boolean(),
	}),
	/** Starts an action on a message; the host asks for confirmation where it has to. */
	v.strictObject({
		type: v.literal("messageAction"),
		action: v.picklist(MESSAGE_ACTIONS),
		target,
		seq,
	}),
	v.strictObject({
		type: v.literal("personAction"),
		action: v.picklist(PERSON_ACTIONS),
		database,
		identity,
	}),
	v.strictObject({ type: v.literal("roomAction"), action: v.picklist(ROOM_ACTIONS), target }),
	/** Reports that all messages up to this one are visible. The host knows if the user is at the window. */
	v.strictObject({ type: v.literal("seen"), target, seq }),
	/** Reports that the panel got the focus and is visible, or lost it; the first report is never `false`. */
	v.strictObject({ type: v.literal("focused"), isFocused: v.boolean() }),
	/** Reports typing in the composer, at most once in three seconds. */
	v.strictObject({ type: v.literal("typing"), target }),
	v.strictObject({ type: v.literal("retry"), clientId: id, target }),
	v.strictObject({ type: v.literal("discard"), clientId: id, target }),
	v.strictObject({ type: v.literal("discardAll"), target }),
	/** Requests entries before the first, or after the last, of the view range. A repeat is harmless. */
	v.strictObject({ type: v.literal("loadOlder"), room }),
	v.strictObject({ type: v.literal("loadNewer"), room }),
	/** Requests the view range that ends with the latest message; answered by a snapshot. */
	v.strictObject({ type: v.literal("goToLatest") }),
	/**
	 * Reports that the reader is at the latest message of the view, or has left it: once after each
	 * snapshot, and then at each change.
	 */
	v.strictObject({ type: v.literal("scrolled"), room, isAtLatest: v.boolean() }),
	/** `searchId` is a UUID made for each new text. */
	v.strictObject({
		type: v.literal("search"),
		searchId: uuid,
		text: v.pipe(v.string(), v.maxLength(1_000)),
	}),
	v.strictObject({ type: v.literal("searchOlder"), searchId: uuid }),
	/** Ends a search whose answer is no longer wanted. */
	v.strictObject({ type: v.literal("endSearch") }),
	/** Requests the view range around the message with this number; answered as `reveal` is. */
	v.strictObject({ type: v.literal("revealSeq"), room, seq }),
	/** Requests the view range around a hit; answered by a snapshot and `reveal`. */
	v.strictObject({ type: v.literal("reveal"), hit: id }),
	v.strictObject({ type: v.literal("command"), command: v.picklist(VIEW_COMMANDS) }),
	v.strictObject({ type: v.literal("openLink"), href: v.pipe(v.string(), v.maxLength(4096)) }),
	v.strictObject({ type: v.literal("copy"), text }),
	/** Reports that the network is back, as the browser sees it. */
	v.strictObject({ type: v.literal("networkBack") }),
	/** Reports an error of the view for the host's log. */
	v.strictObject({ type: v.literal("viewError"), message: v.pipe(v.string(), v.maxLength(8192)) }),
]);

/** The requests of the view. */
export type ToHost = v.InferOutput<typeof toHostSchema>;

/** Returns the request in a message from the view, or `undefined` for anything else. Never throws. */
export function readToHost(message: unknown): ToHost | undefined {
	const result = v.safeParse(toHostSchema, message);
	return result.success ? result.output : undefined;
}
