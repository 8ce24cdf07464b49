/**
 * What became of a line that was sent: pure data and legal moves; `Delivery` acts on them.
 *
 * - `queued` waits for its turn or for the connection.
 * - `inFlight` was handed to the socket; at most one at a time, so that order is kept.
 * - `acked`: the server said yes; its row is still to be seen.
 * - `failed`: the server said no, with `reason`.
 * - `unknown`: no answer, and the database can't tell a repeat from a second message.
 */
type OutboxState = "queued" | "inFlight" | "acked" | "failed" | "unknown";

export interface OutboxEntry {
	/** UUID, made when Enter was pressed. */
	readonly clientId: string;
	readonly text: string;
	/** Milliseconds since the epoch on this machine's clock. */
	readonly createdMs: number;
	readonly state: OutboxState;
	/** Why it failed, as a sentence. */
	readonly reason?: string;
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
	| { readonly type: "lose" }
	| { readonly type: "row" }
	| { readonly type: "retry" }
	| { readonly type: "discard" };

/** Every legal move; any other leaves the entry as it is. */
const MOVES: Record<OutboxState, Partial<Record<OutboxMove["type"], OutboxState | "gone">>> = {
	queued: { send: "inFlight", discard: "gone" },
	inFlight: { ack: "acked", refuse: "failed", lose: "unknown", row: "gone" },
	acked: { row: "gone", lose: "unknown" },
	failed: { retry: "queued", discard: "gone" },
	unknown: { retry: "queued", discard: "gone", row: "gone" },
};

/** Adds a line at the end; one with the same id is there already and stays. */
export function enqueue(outbox: Outbox, entry: Omit<OutboxEntry, "state">): Outbox {
	return outbox.some(({ clientId }) => clientId === entry.clientId)
		? outbox
		: [...outbox, { ...entry, state: "queued" }];
}

/** The outbox after a move of one entry. */
export function move(outbox: Outbox, clientId: string, event: OutboxMove): Outbox {
	const entry = outbox.find((candidate) => candidate.clientId === clientId);
	const next = entry === undefined ? undefined : MOVES[entry.state][event.type];
	if (entry === undefined || next === undefined) {
		return outbox;
	}
	const others = outbox.filter((candidate) => candidate !== entry);
	if (next === "gone") {
		return others;
	}
	if (event.type === "retry") {
		const { clientId, text, createdMs } = entry;
		return [...others, { clientId, text, createdMs, state: next }];
	}
	const { type: _type, ...facts } = event;
	return outbox.map((candidate) =>
		candidate === entry ? { ...entry, ...facts, state: next } : candidate,
	);
}

/** The entry to send now, or `undefined` while one is in flight or none waits. */
export function nextToSend(outbox: Outbox): OutboxEntry | undefined {
	return outbox.some(({ state }) => state === "inFlight")
		? undefined
		: outbox.find(({ state }) => state === "queued");
}

/**
 * The entry that an own row settles. A row carries no id of ours, so: the one whose ack named the
 * row's time; else the oldest of unknown fate with the same text that was sent before the row was.
 */
export function settledBy(
	outbox: Outbox,
	row: { readonly text: string; readonly sentMicros: number },
): OutboxEntry | undefined {
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
