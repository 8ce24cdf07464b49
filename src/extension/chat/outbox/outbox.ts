import { LOBBY } from "../../../shared/room";
import type { Guarantee } from "../backend";

/**
 * The state of a message in the outbox, as pure data with its legal moves. `Delivery` acts on them.
 *
 * - `queued` waits for its turn or for the connection.
 * - `inFlight` was handed to the socket; at most one at a time, so that order is kept.
 * - `acked`: the server said yes. It may still forget (a commit is on disk half a second later, server
 *   1.3.0), so after a cut a database that knows repeats is told again, and another one is looked at.
 * - `failed`: the server said no, with `reason`, or we gave up.
 * - `unknown`: no answer, and the database can't tell a repeat from a second message.
 */
type OutboxState = "queued" | "inFlight" | "acked" | "failed" | "unknown";

export interface OutboxEntry {
	/** UUID, made when Enter was pressed. */
	readonly clientId: string;
	readonly text: string;
	/** The room it is for; the lobby if absent. */
	readonly room?: number;
	/** When that room was created, in microseconds since the epoch: a later room may get its id. */
	readonly roomCreatedMicros?: number;
	/** The number of the message that it answers. */
	readonly replyTo?: number;
	/** Milliseconds since the epoch on this machine's clock. */
	readonly createdMs: number;
	readonly state: OutboxState;
	/** Why it failed, as a sentence. */
	readonly reason?: string;
	/** Not to be sent before, in milliseconds since the epoch: the server asked for a wait. */
	readonly notBeforeMs?: number;
	/** Answers so far that were neither yes nor a reason we know. */
	readonly tries?: number;
	/** Comes from another window or an earlier one, which may have sent it. */
	readonly isAdopted?: boolean;
	/** Discarded while it was in flight: if it did not arrive, it is not sent again. */
	readonly isUnwanted?: boolean;
	/** The newest own `sent` seen before it was sent: its row is later than that. */
	readonly afterMicros?: number;
	/** The `sent` of its row, known from the ack. */
	readonly sentMicros?: number;
}

/** In the order of Enter; a retried entry goes to the end. */
export type Outbox = readonly OutboxEntry[];

export type OutboxMove =
	| { readonly type: "send"; readonly afterMicros: number }
	| { readonly type: "ack"; readonly sentMicros: number }
	| { readonly type: "refuse"; readonly reason: string }
	/** To be sent again later, with the same id. */
	| { readonly type: "postpone"; readonly notBeforeMs: number; readonly tries?: number }
	/** The answer, or the connection that gave it, is lost. */
	| { readonly type: "lose" }
	/** Its row was seen. */
	| { readonly type: "row"; readonly sentMicros: number }
	/** Acked on a connection that has lived on since, so that the server can't forget it any more. */
	| { readonly type: "settle" }
	/** `atMs`: a retry of yesterday's line is today's wish. */
	| { readonly type: "retry"; readonly atMs: number }
	| { readonly type: "discard" };

type Moves = Record<OutboxState, Partial<Record<OutboxMove["type"], OutboxState | "gone">>>;

/** Every legal move; any other leaves the entry as it is. */
const MOVES: Record<Guarantee, Moves> = {
	atMostOnce: {
		queued: { send: "inFlight", discard: "gone", lose: "unknown", refuse: "failed" },
		inFlight: {
			ack: "acked",
			refuse: "failed",
			lose: "unknown",
			row: "acked",
			discard: "inFlight",
		},
		acked: { settle: "gone", lose: "unknown" },
		failed: { retry: "queued", discard: "gone" },
		unknown: { retry: "queued", discard: "gone", row: "acked" },
	},
	exactlyOnce: {
		queued: { send: "inFlight", discard: "gone", row: "acked", refuse: "failed" },
		inFlight: {
			ack: "acked",
			refuse: "failed",
			postpone: "queued",
			lose: "queued",
			row: "acked",
			discard: "inFlight",
		},
		acked: { settle: "gone", lose: "queued" },
		failed: { retry: "queued", discard: "gone", row: "gone" },
		unknown: { retry: "queued", discard: "gone", row: "gone" },
	},
};

/** Adds a line at the end; one with the same id is there already and stays. */
export function enqueue(outbox: Outbox, entry: Omit<OutboxEntry, "state">): Outbox {
	return outbox.some(({ clientId }) => clientId === entry.clientId)
		? outbox
		: [...outbox, { ...entry, state: "queued" }];
}

/** The outbox after a move of one entry. */
export function move(
	outbox: Outbox,
	guarantee: Guarantee,
	clientId: string,
	event: OutboxMove,
): Outbox {
	const entry = outbox.find((candidate) => candidate.clientId === clientId);
	const next = entry === undefined ? undefined : MOVES[guarantee][entry.state][event.type];
	if (entry === undefined || next === undefined) {
		return outbox;
	}
	const others = outbox.filter((candidate) => candidate !== entry);
	const isBack = next === "queued" || next === "unknown" || next === "failed";
	if (next === "gone" || (isBack && entry.isUnwanted === true)) {
		return others;
	}
	if (event.type === "discard") {
		return outbox.map((candidate) =>
			candidate === entry ? { ...entry, isUnwanted: true } : candidate,
		);
	}
	if (event.type === "retry") {
		const { clientId, text, room, roomCreatedMicros, replyTo } = entry;
		const typed = {
			clientId,
			text,
			...(room === undefined ? {} : { room }),
			...(roomCreatedMicros === undefined ? {} : { roomCreatedMicros }),
			...(replyTo === undefined ? {} : { replyTo }),
		};
		return [...others, { ...typed, createdMs: event.atMs, state: next }];
	}
	const { type: _type, ...facts } = event;
	return outbox.map((candidate) =>
		candidate === entry ? { ...entry, ...facts, state: next } : candidate,
	);
}

/** The room that an entry is for. */
export function roomOf({ room }: OutboxEntry): number {
	return room ?? LOBBY;
}

/** Returns true if an entry is for this room, and not for an earlier one with the same id. */
export function isForRoom(
	entry: OutboxEntry,
	{ id, createdMicros }: { readonly id: number; readonly createdMicros?: number | undefined },
): boolean {
	const { roomCreatedMicros = createdMicros } = entry;
	return roomOf(entry) === id && roomCreatedMicros === (createdMicros ?? roomCreatedMicros);
}

/**
 * The entries to send next, one for each room in which one waits and none is in flight: the first that
 * waits there.
 */
export function nextToSend(outbox: Outbox): readonly OutboxEntry[] {
	const busy = new Set(outbox.filter(({ state }) => state === "inFlight").map(roomOf));
	return outbox.filter((entry) => {
		const isNext = entry.state === "queued" && !busy.has(roomOf(entry));
		if (isNext) {
			busy.add(roomOf(entry));
		}
		return isNext;
	});
}

/** The fields of an own row that identify its message. */
export interface OwnRow {
	readonly text: string;
	readonly sentMicros: number;
	readonly clientId?: string;
}

/** The entry that an own row belongs to. One row settles one entry at most. */
export function entryOf(
	outbox: Outbox,
	guarantee: Guarantee,
	row: OwnRow,
): OutboxEntry | undefined {
	return guarantee === "exactlyOnce"
		? outbox.find(({ clientId }) => clientId === row.clientId)
		: likeliestEntryOf(outbox, row);
}

/**
 * For rows without an id of ours: the entry whose ack named the row's time; else the oldest of unknown
 * fate with the same text that was sent before the row was.
 */
function likeliestEntryOf(outbox: Outbox, row: OwnRow): OutboxEntry | undefined {
	const sameText = outbox.filter(({ text }) => text === row.text);
	return (
		sameText.find(({ state, sentMicros }) => state === "acked" && sentMicros === row.sentMicros) ??
		sameText.find(
			({ state, afterMicros }) =>
				(state === "inFlight" || state === "unknown") &&
				afterMicros !== undefined &&
				row.sentMicros > afterMicros,
		)
	);
}

/** By how much the clocks of this machine and the server may differ. */
const CLOCK_SLACK_MS = 10 * 60 * 1_000;

/** Since when a row of these lines may be in the database, in milliseconds since the epoch. */
export function mayBeThereSinceMs(outbox: Outbox): number | undefined {
	const [first, ...others] = outbox.map(({ createdMs }) => createdMs);
	return first === undefined ? undefined : Math.min(first, ...others) - CLOCK_SLACK_MS;
}

/** Returns true if a message waits for its turn or for its answer. */
export function isOnItsWay(outbox: Outbox, clientId: string): boolean {
	return outbox.some(
		(entry) =>
			entry.clientId === clientId && (entry.state === "queued" || entry.state === "inFlight"),
	);
}

/**
 * Returns true if a snapshot leaves the fate of a message open. A killed server forgets its last acks.
 * A database that recognises repeats gets the message again in any case. In another one, a message
 * without a row is in doubt, and so is a message that another window may have sent.
 *
 * @param isThere the messages whose rows are in the snapshot
 */
export function isDoubtful(
	{ clientId, state, isAdopted }: OutboxEntry,
	guarantee: Guarantee,
	isThere: ReadonlySet<string>,
): boolean {
	return guarantee === "exactlyOnce"
		? state === "acked"
		: (state === "acked" && !isThere.has(clientId)) || (state === "queued" && isAdopted === true);
}
