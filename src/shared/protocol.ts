import type { ChatChange, ChatSnapshot, SearchResult } from "./chat";
import type { Person } from "./person";

/** One handler for each message of a protocol; a missing one does not compile. */
export type Handlers<M extends { type: string }> = {
	[T in M["type"]]: (message: Extract<M, { type: T }>) => void;
};

/** The events of the extension host. */
export type ToWebview =
	/** The view answers a snapshot, and `changes`, with `drawn`; the next post waits for it. */
	| { readonly type: "snapshot"; readonly chat: ChatSnapshot }
	/** `seq` is one more than that of the last `changes` or `snapshot`; a gap asks for a snapshot. */
	| { readonly type: "changes"; readonly seq: number; readonly changes: readonly ChatChange[] }
	| { readonly type: "sendResult"; readonly clientId: string; readonly outcome: SendOutcome }
	/** Shows an entry of the view range in the middle, and marks it for a moment. */
	| { readonly type: "reveal"; readonly key: string }
	/** The answer to `search` or `searchOlder`: all hits so far, and the people in them. */
	| {
			readonly type: "searched";
			readonly searchId: string;
			readonly result: SearchResult;
			readonly people: readonly Person[];
	  }
	| { readonly type: "focusSearch" }
	| { readonly type: "focusComposer" }
	| { readonly type: "togglePeople" };

/** `accepted`: the host keeps the text now. `refused`: the view must give it back to the writer. */
export type SendOutcome =
	{ readonly kind: "accepted" } | { readonly kind: "refused"; readonly sentence: string };

/** The most characters (UTF-16 units) of a request, in all its strings together. */
export const MAX_REQUEST_LENGTH = 64 * 1024;

const TO_WEBVIEW_TYPES: Record<ToWebview["type"], true> = {
	snapshot: true,
	changes: true,
	sendResult: true,
	reveal: true,
	searched: true,
	focusSearch: true,
	focusComposer: true,
	togglePeople: true,
};

/**
 * Returns the event in a message to the view, or `undefined`. Only the host can post here, which the
 * workbench ensures. So this tells our messages from others' and does not look inside.
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
