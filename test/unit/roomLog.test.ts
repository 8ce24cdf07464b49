import fc from "fast-check";
import { expect, test } from "vitest";
import type { MessageRow } from "../../src/extension/chat/backend";
import { People } from "../../src/extension/chat/people";
import { noticesOf } from "../../src/extension/chat/room/notices";
import { RoomLog } from "../../src/extension/chat/room/roomLog";
import { SortedLog } from "../../src/extension/chat/room/sortedLog";
import type { Person } from "../../src/shared/person";
import { compareEntries } from "../../src/shared/chat";

const ADA: Person = { identity: "a".repeat(64), name: "Ada", isOnline: true };
const GRACE: Person = { identity: "b".repeat(64), isOnline: true };

function row(key: string, sentMicros: number, sender = GRACE.identity): MessageRow {
	return { key, page: 0, sender, order: sentMicros, sentMicros, text: key };
}

const WINDOW = { pages: [0], hasOlder: false, isLive: true };

/** A room's log with these messages, and the people that it names. */
class Desk {
	readonly people = new People();
	readonly log = new RoomLog(this.people, () => undefined);
	changes = 0;

	constructor(...messages: MessageRow[]) {
		this.people.attach([ADA, GRACE], ADA.identity);
		this.snapshot(...messages);
		this.log.onDidChange(() => this.changes++);
	}

	snapshot(...messages: MessageRow[]): void {
		this.log.replace({ messages, roomId: 1, window: WINDOW }, new Map());
	}

	personChanged(person: Person, before: Person | undefined): void {
		for (const notice of noticesOf(person, before, this.people.me)) {
			this.log.notify(notice);
		}
	}

	get keys(): string[] {
		return this.log.timeline().map(({ key }) => key);
	}

	get notices(): string[] {
		return this.log
			.timeline()
			.flatMap((entry) =>
				entry.kind === "notice" && entry.what !== "sentence" ? [entry.what] : [],
			);
	}
}

test("the backlog is sorted by sent and not announced", () => {
	const desk = new Desk(row("late", 20), row("early", 10));
	expect([desk.keys, desk.changes]).toEqual([["early", "late"], 0]);
});

test("others who come, go or are renamed are told", () => {
	const desk = new Desk();
	const gone = { ...GRACE, isOnline: false };
	desk.personChanged(gone, GRACE);
	desk.personChanged(GRACE, gone);
	desk.personChanged({ ...GRACE, name: "Grace" }, GRACE);
	expect(desk.notices).toEqual(["left", "joined", "renamed"]);
});

test("somebody new who is offline is not told", () => {
	const desk = new Desk();
	desk.personChanged({ identity: "c".repeat(64), isOnline: false }, undefined);
	expect(desk.notices).toEqual([]);
});

test("one's own coming and going is not told", () => {
	const desk = new Desk();
	desk.personChanged({ ...ADA, isOnline: false }, ADA);
	desk.personChanged(ADA, { ...ADA, isOnline: false });
	expect(desk.notices).toEqual([]);
});

test("an insert of a row that is there is shown once", () => {
	const desk = new Desk(row("m", 1));
	desk.log.messageArrived(row("m", 1), undefined);
	expect(desk.log.timeline()).toHaveLength(1);
});

test("a delete of an unknown row changes nothing that is shown", () => {
	const desk = new Desk(row("m", 1));
	desk.log.messageGone("other");
	expect(desk.keys).toEqual(["m"]);
});

test("a pending reply keeps the number of the message that it answers", () => {
	const desk = new Desk();
	desk.log.showPending([
		{ clientId: "draft", text: "x", replyTo: 7, createdMs: 1, state: "queued" },
	]);
	expect(desk.log.timeline()).toMatchObject([{ key: "draft", replyTo: 7 }]);
});

test("an own line becomes its row under the same key", () => {
	const desk = new Desk();
	desk.log.showPending([{ clientId: "draft", text: "x", createdMs: 1, state: "inFlight" }]);
	desk.log.messageArrived(row("r", 5, ADA.identity), "draft");
	desk.log.showPending([]);
	expect(desk.log.timeline()).toMatchObject([
		{ key: "draft", isOwn: true, state: { kind: "sent" } },
	]);
});

test("a fresh picture keeps the key of a line that became a row before", () => {
	const desk = new Desk();
	desk.log.messageArrived(row("r", 5, ADA.identity), "draft");
	desk.snapshot(row("r", 5, ADA.identity));
	expect(desk.keys).toEqual(["draft"]);
});

test("after a cut nobody can be said to be online", () => {
	const desk = new Desk();
	desk.people.detach();
	expect(desk.people.online()).toEqual([]);
});

test.each([0, -1, Number.MIN_SAFE_INTEGER, 253_402_300_799_000_000, Number.MAX_SAFE_INTEGER])(
	"a message of the time %d is kept in its place",
	(time) => {
		const desk = new Desk(row("strange", time), row("now", 1_700_000_000_000_000));
		const keys = desk.keys;
		expect(keys.indexOf("strange") < keys.indexOf("now")).toBe(time < 1_700_000_000_000_000);
	},
);

test("the log is what sorting all its entries gives, whatever was done to it", () => {
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
