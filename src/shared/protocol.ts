import type { ChatChange, ChatSnapshot, SearchResult } from "./chat";
import type { Person } from "./person";

/** One handler for each message of a protocol; a missing one does not compile. */
export type Handlers<M extends { type: string }> = {
	[T in M["type"]]: (message: Extract<M, { type: T }>) => void;
};

/** Facts, told by the extension host. */
export type ToWebview =
	/** This one and `changes` are answered by `drawn`, before which the next waits. */
	| { readonly type: "snapshot"; readonly chat: ChatSnapshot }
	/** `seq` is one more than that of the last `changes` or `snapshot`; a gap asks for a snapshot. */
	| { readonly type: "changes"; readonly seq: number; readonly changes: readonly ChatChange[] }
	| { readonly type: "sendResult"; readonly clientId: string; readonly outcome: SendOutcome }
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
