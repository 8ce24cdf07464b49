import type { ChatChange, Entry } from "../../shared/chat";
import type { ConnectionState, TroubleCode } from "../../shared/connectionState";
import { mergeEntries } from "./sortedEntries";
import type { Echo, Model } from "./model";

/** Returns the model after one change. */
export function applyChange(model: Model, change: ChatChange): Model {
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
			// These messages are counted and announced, but are no entries of the view range.
			return model;
		case "roomsChanged":
			return { ...model, rooms: merged(model.rooms, change, (room) => room.id) };
		case "typingChanged":
			return { ...model, typing: change.typing };
		case "ownSanctionChanged":
			return { ...model, ownSanction: change.ownSanction };
		case "peopleChanged":
			return { ...model, people: merged(model.people, change, (person) => person.identity) };
		case "connectionChanged":
			return {
				...model,
				connection: change.connection,
				trouble: troubleAfter(model.trouble, change.connection),
				me: change.me ?? model.me,
			};
	}
}

/** Returns the last trouble after a change of the connection. */
export function troubleAfter(
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

function merged<K, V>(
	before: ReadonlyMap<K, V>,
	change: { readonly upserts: readonly V[]; readonly removed: readonly K[] },
	keyOf: (value: V) => K,
): ReadonlyMap<K, V> {
	const after = new Map(before);
	for (const key of change.removed) {
		after.delete(key);
	}
	for (const value of change.upserts) {
		after.set(keyOf(value), value);
	}
	return after;
}

/** Returns the echoes that no entry has replaced. */
function withoutKeys(
	echoes: readonly Echo[],
	upserts: readonly Entry[],
	removed: readonly string[],
): readonly Echo[] {
	if (echoes.length === 0) {
		return echoes;
	}
	const touched = new Set([...removed, ...upserts.map(({ key }) => key)]);
	return echoes.filter(({ clientId }) => !touched.has(clientId));
}
