import {
	MAX_VIEW_ENTRIES,
	STOCK_LIMITS,
	type ChatChange,
	type ChatSnapshot,
	type Edges,
	type Entry,
	type Message,
	type Person,
} from "../shared/chat";
import type { ConnectionState, TroubleCode } from "../shared/connectionState";
import type { ToWebview } from "../shared/protocol";
import { mergeEntries, sortPlaces } from "./entries";

/** An own message that is shown before the host has it. */
export interface Echo {
	readonly draftId: string;
	readonly text: string;
	readonly sinceMs: number;
	/** The host holds it, but the entry that replaces the echo has not come yet. */
	readonly isAccepted: boolean;
}

/** Everything that is drawn. */
export interface Model {
	/** False until the first snapshot. */
	readonly isLoaded: boolean;
	readonly seq: number;
	readonly place: ChatSnapshot["place"];
	readonly connection: ConnectionState;
	/** What was wrong when the connection was last tried; gone once it is up, or not wanted. */
	readonly trouble: TroubleCode | undefined;
	readonly me: string | undefined;
	readonly people: ReadonlyMap<string, Person>;
	/** A window of the log, at most `MAX_VIEW_ENTRIES`, sorted as `compareEntries` says. */
	readonly entries: readonly Entry[];
	/** What lies beyond the ends of that window. */
	readonly edges: Edges;
	readonly echoes: readonly Echo[];
	readonly limits: ChatSnapshot["limits"];
	readonly canStartServer: boolean;
}

export const EMPTY_MODEL: Model = {
	isLoaded: false,
	seq: 0,
	place: { server: "", database: "", room: "" },
	connection: { kind: "connecting", attempt: 1 },
	trouble: undefined,
	me: undefined,
	people: new Map(),
	entries: [],
	edges: { older: "none", newer: "none" },
	echoes: [],
	limits: STOCK_LIMITS,
	canStartServer: false,
};

/** `resync`: a change was missed, and only a new snapshot helps. */
export type Reduction =
	| { readonly kind: "same" }
	| { readonly kind: "resync" }
	| { readonly kind: "redraw"; readonly model: Model };

const SAME: Reduction = { kind: "same" };

/** The model after a fact. Facts that are about focus or the people list leave it as it is. */
export function reduce(model: Model, fact: ToWebview): Reduction {
	switch (fact.type) {
		case "snapshot":
			return { kind: "redraw", model: fromSnapshot(model, fact.chat) };
		case "changes":
			// Before the first snapshot there is nothing to change, and an old number is a repetition.
			if (!model.isLoaded || fact.seq <= model.seq) {
				return SAME;
			}
			return fact.seq === model.seq + 1
				? {
						kind: "redraw",
						model: trim(fact.changes.reduce(applyChange, { ...model, seq: fact.seq })),
					}
				: { kind: "resync" };
		case "sendSettled":
			return { kind: "redraw", model: settle(model, fact.draftId, fact.outcome.kind) };
		case "reveal":
		case "searched":
		case "focusSearch":
		case "focusComposer":
		case "togglePeople":
			return SAME;
	}
}

/** The model with an own message at its end that the host has not seen yet. */
export function addEcho(model: Model, echo: Echo): Model {
	return { ...model, echoes: [...model.echoes, echo] };
}

/** What is drawn: the entries with the echoes at their end, the newest `MAX_VIEW_ENTRIES` of them. */
export function shownEntries({ entries, echoes, me }: Model): readonly Entry[] {
	return echoes.length === 0
		? entries
		: [...entries, ...echoes.map((echo) => toMessage(echo, me))].slice(-MAX_VIEW_ENTRIES);
}

/** Whether the window ends with what was said last. */
export function isAtLatest({ edges }: Model): boolean {
	return edges.newer === "none";
}

const messages = new WeakMap<Echo, Message>();

/** The same message for the same echo, so that what is drawn from it can be kept. */
function toMessage(echo: Echo, me = ""): Message {
	const known = messages.get(echo);
	if (known?.sender === me) {
		return known;
	}
	const message: Message = {
		kind: "message",
		key: echo.draftId,
		order: Number.MAX_SAFE_INTEGER,
		tie: 0,
		sender: me,
		isOwn: true,
		sentMs: echo.sinceMs,
		text: echo.text,
		state: { kind: "pending", sinceMs: echo.sinceMs, waitsFor: "ack" },
	};
	messages.set(echo, message);
	return message;
}

function fromSnapshot(model: Model, chat: ChatSnapshot): Model {
	const keys = new Set(chat.entries.map((entry) => entry.key));
	return {
		isLoaded: true,
		seq: chat.seq,
		place: chat.place,
		connection: chat.connection,
		trouble: troubleAfter(model.trouble, chat.connection),
		me: chat.me,
		people: new Map(chat.people.map((person) => [person.identity, person])),
		entries: sortPlaces(chat.entries).slice(-MAX_VIEW_ENTRIES),
		edges: chat.edges,
		// An accepted send is in the snapshot under its key, or was discarded since.
		echoes: model.echoes.filter((echo) => !echo.isAccepted && !keys.has(echo.draftId)),
		limits: chat.limits,
		canStartServer: chat.canStartServer,
	};
}

function applyChange(model: Model, change: ChatChange): Model {
	switch (change.type) {
		case "entriesChanged": {
			const { upserts, removed } = change;
			return {
				...model,
				entries: mergeEntries(model.entries, upserts, removed),
				echoes: withoutKeys(model.echoes, upserts, removed),
			};
		}
		case "edgesChanged":
			return { ...model, edges: change.edges };
		case "arrivedBelow":
			// No entries: they are counted and said, and can be asked for.
			return model;
		case "peopleChanged":
			return {
				...model,
				people: mergePeople(model.people, change.upserts, change.removed),
			};
		case "connectionChanged":
			return {
				...model,
				connection: change.connection,
				trouble: troubleAfter(model.trouble, change.connection),
				me: change.me ?? model.me,
			};
	}
}

function troubleAfter(
	trouble: TroubleCode | undefined,
	connection: ConnectionState,
): TroubleCode | undefined {
	switch (connection.kind) {
		case "waiting":
		case "refused":
			return connection.reason.code;
		case "connecting":
			return trouble;
		case "online":
		case "disconnected":
			return undefined;
	}
}

function mergePeople(
	people: Model["people"],
	upserts: readonly Person[],
	removed: readonly string[],
): Model["people"] {
	const merged = new Map(people);
	for (const identity of removed) {
		merged.delete(identity);
	}
	for (const person of upserts) {
		merged.set(person.identity, person);
	}
	return merged;
}

/** The echoes that no entry has replaced. */
function withoutKeys(
	echoes: readonly Echo[],
	upserts: readonly Entry[],
	removed: readonly string[],
): readonly Echo[] {
	if (echoes.length === 0) {
		return echoes;
	}
	const touched = new Set([...removed, ...upserts.map(({ key }) => key)]);
	return echoes.filter(({ draftId }) => !touched.has(draftId));
}

/** The host never holds more than a window; the newest stay, should it tell of more. */
function trim(model: Model): Model {
	return model.entries.length > MAX_VIEW_ENTRIES
		? { ...model, entries: model.entries.slice(-MAX_VIEW_ENTRIES) }
		: model;
}

function settle(model: Model, draftId: string, outcome: "accepted" | "refused"): Model {
	const hasEntry = model.entries.some((entry) => entry.key === draftId);
	return {
		...model,
		echoes: model.echoes.flatMap((echo) => {
			if (echo.draftId !== draftId) {
				return [echo];
			}
			return outcome === "refused" || hasEntry ? [] : [{ ...echo, isAccepted: true }];
		}),
	};
}
