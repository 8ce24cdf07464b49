import * as v from "valibot";
import type { ChatChange, ChatSnapshot, Person, SearchResult } from "./chat";

/** One handler for each message of a protocol; a missing one does not compile. */
export type Handlers<M extends { type: string }> = {
	[T in M["type"]]: (message: Extract<M, { type: T }>) => void;
};

/** Facts, told by the extension host. */
export type ToWebview =
	| { readonly type: "snapshot"; readonly chat: ChatSnapshot }
	/** `seq` is one more than that of the last `changes` or `snapshot`; a gap asks for a snapshot. */
	| { readonly type: "changes"; readonly seq: number; readonly changes: readonly ChatChange[] }
	| { readonly type: "sendSettled"; readonly draftId: string; readonly outcome: SendOutcome }
	/** Put this entry, which the view has by now, into the middle and mark it for a moment. */
	| { readonly type: "reveal"; readonly key: string }
	/** The answer to `search` or `searchOlder`: all hits so far, and whom to name in them. */
	| {
			readonly type: "searched";
			readonly searchId: string;
			readonly result: SearchResult;
			readonly people: readonly Person[];
	  }
	| { readonly type: "focusSearch" }
	| { readonly type: "focusComposer" }
	| { readonly type: "togglePeople" };

/** `accepted`: the host holds the text now. `refused`: the view must give it back to the writer. */
export type SendOutcome =
	{ readonly kind: "accepted" } | { readonly kind: "refused"; readonly sentence: string };

/** Characters (UTF-16 units) a message from the view may hold in all its strings together. */
export const MAX_WISH_LENGTH = 64 * 1024;

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
] as const;
export type ViewCommand = (typeof VIEW_COMMANDS)[number];

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const text = v.pipe(v.string(), v.maxLength(MAX_WISH_LENGTH));

const toHostSchema = v.variant("type", [
	v.strictObject({ type: v.literal("ready") }),
	/** `draftId` is a UUID made when Enter was pressed. */
	v.strictObject({ type: v.literal("send"), draftId: v.pipe(v.string(), v.uuid()), text }),
	v.strictObject({ type: v.literal("retry"), key: id }),
	v.strictObject({ type: v.literal("discard"), key: id }),
	v.strictObject({ type: v.literal("discardAll") }),
	/** Asks for entries before the first, or after the last, that the view has. Repeating it is harmless. */
	v.strictObject({ type: v.literal("loadOlder") }),
	v.strictObject({ type: v.literal("loadNewer") }),
	/** Asks for the window that ends with what was said last; answered by a snapshot. */
	v.strictObject({ type: v.literal("goToLatest") }),
	/** The reader came to the end of the entries or left it: said at each turn, and not in between. */
	v.strictObject({ type: v.literal("scrolled"), isAtEnd: v.boolean() }),
	/** `searchId` is a UUID made for each new text. */
	v.strictObject({
		type: v.literal("search"),
		searchId: v.pipe(v.string(), v.uuid()),
		text: v.pipe(v.string(), v.maxLength(1_000)),
	}),
	v.strictObject({ type: v.literal("searchOlder"), searchId: v.pipe(v.string(), v.uuid()) }),
	/** Asks for the window around a hit; answered by a snapshot and `reveal`. */
	v.strictObject({ type: v.literal("reveal"), hit: id }),
	v.strictObject({ type: v.literal("command"), command: v.picklist(VIEW_COMMANDS) }),
	v.strictObject({ type: v.literal("openLink"), href: v.pipe(v.string(), v.maxLength(4096)) }),
	v.strictObject({ type: v.literal("copy"), text }),
	/** The browser says that the network is back. */
	v.strictObject({ type: v.literal("networkBack") }),
	/** An error in the view, for the host's log. */
	v.strictObject({ type: v.literal("viewError"), message: v.pipe(v.string(), v.maxLength(8192)) }),
]);

/** Wishes, sent by the view. */
export type ToHost = v.InferOutput<typeof toHostSchema>;

/** The wish in a message from the view, or `undefined` for anything else. Never throws. */
export function readToHost(message: unknown): ToHost | undefined {
	const result = v.safeParse(toHostSchema, message);
	return result.success ? result.output : undefined;
}

const TO_WEBVIEW_TYPES: Record<ToWebview["type"], true> = {
	snapshot: true,
	changes: true,
	sendSettled: true,
	reveal: true,
	searched: true,
	focusSearch: true,
	focusComposer: true,
	togglePeople: true,
};

/**
 * The fact in a message to the view, or `undefined`. Only the host can post here (the workbench sees
 * to that), so this tells our messages from others' and does not look inside.
 */
export function readToWebview(message: unknown): ToWebview | undefined {
	if (typeof message !== "object" || message === null || !("type" in message)) {
		return undefined;
	}
	const { type } = message;
	return typeof type === "string" && Object.hasOwn(TO_WEBVIEW_TYPES, type)
		? (message as ToWebview)
		: undefined;
}
