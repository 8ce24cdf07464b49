import { Identity, Timestamp } from "@clockworklabs/spacetimedb-sdk";
import { ROLE_MEMBER } from "../../../module_bindings/client.generated";
import type { CallResult, ReducerCall } from "../../chat/backend";
import type { ReducerArguments } from "../sdk/moduleTypes";
import type { ReducerClient } from "../sdk/reducerClient";
import { AVAILABILITY_CODES, ROLE_CODES, SANCTION_CODES } from "./codes";

type CallType = ReducerCall["type"];
type CallOf<T extends CallType> = Extract<ReducerCall, { type: T }>;

/** Converts a call to the arguments of its reducer. */
const ARGUMENTS: { [T in CallType]: (call: CallOf<T>) => ReducerArguments<T> } = {
	createRoom: ({ name, topic, isPrivate, clientId }) => ({ name, topic, isPrivate, clientId }),
	renameRoom: ({ room, name }) => ({ room, name }),
	setTopic: ({ room, topic }) => ({ room, topic }),
	archiveRoom: ({ room, isArchived }) => ({ room, isArchived }),
	joinRoom: ({ room }) => ({ room }),
	leaveRoom: ({ room }) => ({ room }),
	startTyping: ({ room }) => ({ room }),
	invite: ({ room, person }) => ({ room, person: Identity.fromString(person) }),
	removeMember: ({ room, person }) => ({ room, person: Identity.fromString(person) }),
	openDirect: ({ person }) => ({ person: Identity.fromString(person) }),
	editPost: ({ room, seq, text }) => ({ room, seq: BigInt(seq), text }),
	deletePost: ({ room, seq }) => ({ room, seq: BigInt(seq) }),
	removePost: ({ room, seq }) => ({ room, seq: BigInt(seq) }),
	markRead: ({ room, seq }) => ({ room, seq: BigInt(seq) }),
	react: ({ room, seq, emoji, isOn }) => ({ room, seq: BigInt(seq), emoji, isOn }),
	setStatus: ({ text, emoji, untilMs }) => ({
		text,
		emoji,
		until: untilMs === undefined ? undefined : new Timestamp(BigInt(untilMs) * 1_000n),
	}),
	setAvailability: ({ availability }) => ({ availability: AVAILABILITY_CODES[availability] }),
	setRole: ({ person, role }) => ({
		person: Identity.fromString(person),
		rank: role === undefined ? ROLE_MEMBER : ROLE_CODES[role],
	}),
	timeOut: ({ person, seconds, reason }) => ({
		person: Identity.fromString(person),
		seconds,
		reason,
	}),
	ban: ({ person, reason }) => ({ person: Identity.fromString(person), reason }),
	lift: ({ person, kind, reason }) => ({
		person: Identity.fromString(person),
		kind: SANCTION_CODES[kind],
		reason,
	}),
};

/** Makes a call of a rooms database. `onResult` is called exactly once. */
export function callRoomsReducer(
	reducers: ReducerClient,
	call: ReducerCall,
	onResult: (result: CallResult) => void,
): void {
	// TypeScript does not relate the type of the function to that of its argument.
	const argumentsOf = ARGUMENTS[call.type] as (call: ReducerCall) => ReducerArguments<CallType>;
	reducers.call(call.type, argumentsOf(call), onResult);
}
