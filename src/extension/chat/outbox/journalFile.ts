import * as v from "valibot";
import type { Outbox, OutboxEntry } from "./outbox";

const VERSION = 1;

/** The journal forgets messages for a database that nobody came back to for this time. */
const FORGET_AFTER_MS = 8 * 24 * 60 * 60 * 1_000;

const entrySchema = v.object({
	clientId: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
	text: v.string(),
	room: v.optional(v.number()),
	roomCreatedMicros: v.optional(v.number()),
	replyTo: v.optional(v.number()),
	createdMs: v.number(),
	state: v.picklist(["queued", "inFlight", "acked", "failed", "unknown"]),
	reason: v.optional(v.string()),
	afterMicros: v.optional(v.number()),
	sentMicros: v.optional(v.number()),
});

const fileSchema = v.object({
	version: v.literal(VERSION),
	places: v.array(v.object({ place: v.string(), entries: v.array(entrySchema) })),
});

/** The text of a journal. */
export function writeJournal(content: ReadonlyMap<string, Outbox>): string {
	const places = [...content].map(([place, entries]) => ({ place, entries }));
	return JSON.stringify({ version: VERSION, places });
}

/**
 * The lines in a journal, by place, as somebody finds them who did not write them: what was under way
 * is to be sent, and may have been. `undefined` for a text that is no journal.
 */
export function readJournal(
	text: string,
	nowMs = Date.now(),
): Map<string, OutboxEntry[]> | undefined {
	const parsed = v.safeParse(fileSchema, parseJson(text));
	if (!parsed.success) {
		return undefined;
	}
	return new Map(
		parsed.output.places.map(({ place, entries }) => [
			place,
			entries.filter(({ createdMs }) => nowMs - createdMs < FORGET_AFTER_MS).map(adopted),
		]),
	);
}

function adopted(entry: v.InferOutput<typeof entrySchema>): OutboxEntry {
	const {
		clientId,
		text,
		room,
		roomCreatedMicros,
		replyTo,
		createdMs,
		state,
		reason,
		afterMicros,
	} = entry;
	const common = {
		clientId,
		text,
		createdMs,
		isAdopted: true,
		...(room === undefined ? {} : { room }),
		...(roomCreatedMicros === undefined ? {} : { roomCreatedMicros }),
		...(replyTo === undefined ? {} : { replyTo }),
		...(afterMicros === undefined ? {} : { afterMicros }),
	};
	switch (state) {
		case "failed":
			return { ...common, state, reason: reason ?? "" };
		case "unknown":
			return { ...common, state };
		case "queued":
		case "inFlight":
		case "acked":
			return { ...common, state: "queued" };
	}
}

/** Returns true if the process named in a file's name has ended; unsure counts as no. */
export function isFileOfProcessThatEnded(name: string): boolean {
	const pid = Number(/^[a-z]+-(\d+)-/.exec(name)?.[1]);
	if (!Number.isSafeInteger(pid) || pid <= 0) {
		return false;
	}
	try {
		process.kill(pid, 0);
		return false;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === "ESRCH";
	}
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}
