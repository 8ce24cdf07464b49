import { Identity, Timestamp } from "@clockworklabs/spacetimedb-sdk";
import type { Availability, Role, Sanction } from "../../../shared/person";
import type { CallResult, ReducerCall } from "../../chat/backend";
import { ReducerCalls } from "../sdk/reducerCalls";
import type { ReducerName } from "../sdk/remoteModule";
import { callReducer, onAnswer } from "../sdk/remoteModule";
import { readStatus } from "../sdk/textReducers";
import type { BackendSources } from "../sdk/backendBase";

/** As `server/src` numbers them. */
const AVAILABILITIES: Record<Availability, number> = { available: 0, away: 1, busy: 2 };
const RANKS: Record<Role, number> = { moderator: 1, owner: 2 };
const MEMBER = 0;
const SANCTIONS: Record<Sanction["kind"], number> = { timeOut: 1, ban: 2 };

/** The arguments of a deed's reducer, in order. */
const ARGUMENTS: {
	[T in ReducerCall["type"]]: (reducerCall: Extract<ReducerCall, { type: T }>) => unknown[];
} = {
	createRoom: ({ name, topic, isPrivate, clientId }) => [name, topic, isPrivate, clientId],
	renameRoom: ({ room, name }) => [room, name],
	setTopic: ({ room, topic }) => [room, topic],
	archiveRoom: ({ room, isArchived }) => [room, isArchived],
	joinRoom: ({ room }) => [room],
	leaveRoom: ({ room }) => [room],
	startTyping: ({ room }) => [room],
	invite: ({ room, person }) => [room, Identity.fromString(person)],
	removeMember: ({ room, person }) => [room, Identity.fromString(person)],
	openDirect: ({ person }) => [Identity.fromString(person)],
	editPost: ({ room, seq, text }) => [room, BigInt(seq), text],
	deletePost: ({ room, seq }) => [room, BigInt(seq)],
	removePost: ({ room, seq }) => [room, BigInt(seq)],
	markRead: ({ room, seq }) => [room, BigInt(seq)],
	react: ({ room, seq, emoji, isOn }) => [room, BigInt(seq), emoji, isOn],
	setStatus: ({ text, emoji, untilMs }) => [
		text,
		emoji,
		untilMs === undefined ? undefined : new Timestamp(BigInt(untilMs) * 1_000n),
	],
	setAvailability: ({ availability }) => [AVAILABILITIES[availability]],
	setRole: ({ person, role }) => [
		Identity.fromString(person),
		role === undefined ? MEMBER : RANKS[role],
	],
	timeOut: ({ person, seconds, reason }) => [Identity.fromString(person), seconds, reason],
	ban: ({ person, reason }) => [Identity.fromString(person), reason],
	lift: ({ person, kind, reason }) => [Identity.fromString(person), SANCTIONS[kind], reason],
};

/** Calls the reducers of a database with rooms, and tells how each call ended. */
export class RoomReducers {
	readonly #sources: BackendSources;
	readonly #calls = new ReducerCalls();

	constructor(sources: BackendSources) {
		this.#sources = sources;
		const { connection, guard } = sources;
		const names = [
			...(Object.keys(ARGUMENTS) as ReducerCall["type"][]),
			"postMessage",
			"postReply",
		] as const;
		for (const name of names) {
			onAnswer(connection, name, (event, args) =>
				guard(() => this.#calls.answer(name, keyOf(args), readStatus(event))),
			);
		}
	}

	/** `onResult` is called exactly once. */
	call(reducerCall: ReducerCall, onResult: (result: CallResult) => void): void {
		const argumentsOf = ARGUMENTS[reducerCall.type] as (reducerCall: ReducerCall) => unknown[];
		this.callByName(reducerCall.type, argumentsOf(reducerCall), onResult);
	}

	/** Calls any reducer; `onResult` is called exactly once. */
	callByName(
		name: ReducerName,
		args: readonly unknown[],
		onResult: (result: CallResult) => void,
	): void {
		this.#calls.begin(name, keyOf(args), onResult);
		callReducer(this.#sources.connection, name, args);
	}

	cut(): void {
		this.#calls.cut();
	}
}

/** Tells calls of one reducer apart: equal arguments give equal keys, sent or answered. */
function keyOf(args: readonly unknown[]): string {
	return JSON.stringify(args, (_name, value: unknown) => {
		if (value instanceof Identity) {
			return value.toHexString();
		}
		if (value instanceof Timestamp) {
			return String(value.microsSinceUnixEpoch);
		}
		return typeof value === "bigint" ? String(value) : (value ?? null);
	});
}
