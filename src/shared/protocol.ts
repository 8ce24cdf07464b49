import * as v from "valibot";
import type { ChatChange, ChatSnapshot } from "./chat";

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
