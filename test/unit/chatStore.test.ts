import fc from "fast-check";
import { expect, test } from "vitest";
import type { MessageRow } from "../../src/extension/backend/backend";
import type { StoreChange } from "../../src/extension/chat/storeChange";
import { ChatStore } from "../../src/extension/chat/chatStore";
import { SortedLog } from "../../src/extension/chat/sortedLog";
import type { Person } from "../../src/shared/person";
import { compareEntries } from "../../src/shared/chat";

const ADA: Person = { identity: "a".repeat(64), name: "Ada", isOnline: true };
const GRACE: Person = { identity: "b".repeat(64), isOnline: true };

function row(key: string, sentMicros: number, sender = GRACE.identity): MessageRow {
	return { key, page: 0, sender, order: sentMicros, sentMicros, text: key };
}

const WINDOW = { pages: [0], hasOlder: false, isLive: true };

function storeWith(...messages: MessageRow[]): { store: ChatStore; changes: StoreChange[] } {
	const store = new ChatStore();
	store.applied(
		{ people: [ADA, GRACE], messages, roomId: 1, window: WINDOW },
		ADA.identity,
		new Map(),
	);
	const changes: StoreChange[] = [];
	store.onDidChange((change) => changes.push(change));
	return { store, changes };
}

function told(store: ChatStore): string[] {
	return store
		.timeline()
		.flatMap((entry) => (entry.kind === "notice" && entry.what !== "sentence" ? [entry.what] : []));
}

test("the backlog is sorted by sent and makes no notices", () => {
	const { store, changes } = storeWith(row("late", 20), row("early", 10));
	expect([store.timeline().map(({ key }) => key), changes]).toEqual([["early", "late"], []]);
});

test("others who connect, disconnect or change their name make a notice", () => {
	const { store } = storeWith();
	const gone = { ...GRACE, isOnline: false };
	store.personChanged(gone, GRACE);
	store.personChanged(GRACE, gone);
	store.personChanged({ ...GRACE, name: "Grace" }, GRACE);
	expect(told(store)).toEqual(["left", "joined", "renamed"]);
});

test("a new person who is offline makes no notice", () => {
	const { store } = storeWith();
	store.personChanged({ identity: "c".repeat(64), isOnline: false }, undefined);
	expect(told(store)).toEqual([]);
});

test("the own connection makes no notice", () => {
	const { store } = storeWith();
	store.personChanged({ ...ADA, isOnline: false }, ADA);
	store.personChanged(ADA, { ...ADA, isOnline: false });
	expect(told(store)).toEqual([]);
});

test("a repeated insert of a row is shown once", () => {
	const { store } = storeWith(row("m", 1));
	store.messageArrived(row("m", 1), undefined);
	expect(store.timeline()).toHaveLength(1);
});

test("a delete of an unknown row changes nothing in the log", () => {
	const { store } = storeWith(row("m", 1));
	store.messageGone("other");
	expect(store.timeline().map(({ key }) => key)).toEqual(["m"]);
});

test("an own message becomes its row under the same key", () => {
	const { store } = storeWith();
	store.showOutbox([{ clientId: "draft", text: "x", createdMs: 1, state: "inFlight" }]);
	store.messageArrived(row("r", 5, ADA.identity), "draft");
	store.showOutbox([]);
	expect(store.timeline()).toMatchObject([{ key: "draft", isOwn: true, state: { kind: "sent" } }]);
});

test("a new snapshot keeps the key of an own message that became a row before", () => {
	const { store } = storeWith();
	store.messageArrived(row("r", 5, ADA.identity), "draft");
	store.applied(
		{ people: [ADA], messages: [row("r", 5, ADA.identity)], roomId: 1, window: WINDOW },
		ADA.identity,
		new Map(),
	);
	expect(store.timeline().map(({ key }) => key)).toEqual(["draft"]);
});

test("after a cut no person is online", () => {
	const { store } = storeWith();
	store.cut();
	expect(store.online()).toEqual([]);
});

test.each([0, -1, Number.MIN_SAFE_INTEGER, 253_402_300_799_000_000, Number.MAX_SAFE_INTEGER])(
	"a message of the time %d keeps its position",
	(time) => {
		const { store } = storeWith(row("strange", time), row("now", 1_700_000_000_000_000));
		const keys = store.timeline().map(({ key }) => key);
		expect(keys.indexOf("strange") < keys.indexOf("now")).toBe(time < 1_700_000_000_000_000);
	},
);

test("any sequence of changes leaves the log sorted", () => {
	const step = fc.record({
		remove: fc.boolean(),
		key: fc.integer({ min: 0, max: 20 }).map(String),
		order: fc.integer({ min: 0, max: 5 }),
	});
	fc.assert(
		fc.property(fc.array(step), (steps) => {
			const log = new SortedLog<{ key: string; order: number; tie: number }>(compareEntries);
			const reference = new Map<string, { key: string; order: number; tie: number }>();
			for (const { remove, key, order } of steps) {
				if (remove) {
					log.remove(key);
					reference.delete(key);
				} else {
					const entry = { key, order, tie: 0 };
					log.insert(entry);
					reference.set(key, entry);
				}
			}
			return (
				JSON.stringify(log.all()) === JSON.stringify([...reference.values()].sort(compareEntries))
			);
		}),
	);
});
