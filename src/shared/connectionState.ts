/** A trouble of the connection, for code (`code`) and for a person (`sentence`, localised, plain text). */
export interface Trouble {
	readonly code: TroubleCode;
	readonly sentence: string;
}

export type TroubleCode =
	| "unreachable"
	| "closed"
	| "silent"
	| "closedBeforeIdentity"
	| "serverError"
	| "badData"
	| "republished"
	| "subscription"
	| "badToken"
	| "noDatabase"
	| "notAChat"
	| "badSetting"
	| "insecure";

/** The one action that helps when trying again by itself would not. */
export type Remedy =
	"changeServer" | "forgetIdentity" | "openSettings" | "startLocalServer" | "allowInsecure";

/**
 * The connection as everybody sees it. `attempt` counts tries since the link last proved useful,
 * starting at 1; `retryAtMs` is milliseconds since the epoch on this machine's clock.
 */
export type ConnectionState =
	| { readonly kind: "disconnected" }
	| { readonly kind: "connecting"; readonly attempt: number }
	| { readonly kind: "online"; readonly attempt: number; readonly identity: string }
	| {
			readonly kind: "waiting";
			readonly attempt: number;
			readonly retryAtMs: number;
			readonly reason: Trouble;
	  }
	| { readonly kind: "refused"; readonly reason: Trouble; readonly remedy: Remedy };

export type ConnectionEvent =
	| { readonly type: "connectRequested" }
	| { readonly type: "disconnectRequested" }
	| { readonly type: "retryTimeReached" }
	| { readonly type: "applied"; readonly identity: string }
	| { readonly type: "proved" }
	| { readonly type: "lost"; readonly reason: Trouble; readonly retryAtMs: number }
	| { readonly type: "refused"; readonly reason: Trouble; readonly remedy: Remedy };

/**
 * The state after an event. Events that make no sense in a state leave it as it is, so a late
 * callback of an old connection can do no harm.
 */
export function nextState(state: ConnectionState, event: ConnectionEvent): ConnectionState {
	switch (event.type) {
		case "connectRequested":
			return { kind: "connecting", attempt: 1 };
		case "disconnectRequested":
			return { kind: "disconnected" };
		case "retryTimeReached":
			return state.kind === "waiting" ? { kind: "connecting", attempt: state.attempt } : state;
		case "applied":
			return state.kind === "connecting"
				? { kind: "online", attempt: state.attempt, identity: event.identity }
				: state;
		case "proved":
			return state.kind === "online" ? { ...state, attempt: 0 } : state;
		case "lost":
			return state.kind === "connecting" || state.kind === "online"
				? {
						kind: "waiting",
						attempt: state.attempt + 1,
						retryAtMs: event.retryAtMs,
						reason: event.reason,
					}
				: state;
		case "refused":
			return state.kind === "connecting" || state.kind === "online"
				? { kind: "refused", reason: event.reason, remedy: event.remedy }
				: state;
	}
}
