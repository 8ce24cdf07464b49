import { EventEmitter } from "vscode";
import type { Event } from "vscode";
import type { ChatChange, Entry, Message, Notice, Person, SendState } from "../../shared/chat";
import { compareEntries, displayName } from "../../shared/chat";
import type { BackendSnapshot, MessageRow } from "../backend/backend";
import { Owner } from "../disposable";
import type { Outbox, OutboxEntry } from "./outbox";
import { QueueNumbers } from "./queueNumbers";
import { SortedLog } from "./sortedLog";

/** Messages and notices that a view is given; older ones stay in the database. */
const VIEW_LIMIT = 400;

/** What a notice says, before it has its place in the log. */
export type NoticeContent = Notice extends infer N
	? N extends Notice
		? Omit<N, "kind" | "key" | "order" | "tie" | "atMs">
		: never
	: never;

/** The chat as this window knows it: people, messages, notices, and own lines on their way. */
export class ChatStore extends Owner {
	readonly #onDidChange = this.register(new EventEmitter<ChatChange>());
	/** Changes since the last reset, each fired once, in order. */
	readonly onDidChange: Event<ChatChange> = this.#onDidChange.event;
	readonly #onDidReset = this.register(new EventEmitter<void>());
	/** Everything is another now: ask for it anew. */
	readonly onDidReset: Event<void> = this.#onDidReset.event;

	readonly #people = new Map<string, Person>();
	readonly #log = new SortedLog<Entry>(compareEntries);
	/** Row key → the key its message is shown under, where an own line became the row. */
	readonly #shownAs = new Map<string, string>();
	#pending = new Map<string, Message>();
	readonly #queueNumbers = new QueueNumbers();
	#me: string | undefined;
	#isOnline = false;
	#noticeCount = 0;

	get me(): string | undefined {
		return this.#me;
	}

	/** People online, or 0 while there is no connection that could tell. */
	get onlineCount(): number {
		return this.online().length;
	}

	person(identity: string): Person | undefined {
		return this.#people.get(identity);
	}

	online(): Person[] {
		return this.#isOnline ? [...this.#people.values()].filter(({ isOnline }) => isOnline) : [];
	}

	/** What a view is given: the newest entries, and everybody it could have to name. */
	view(): { readonly people: Person[]; readonly entries: Entry[] } {
		const entries = [...this.#log.newest(VIEW_LIMIT), ...this.#pending.values()];
		const named = new Set(
			entries.flatMap((entry) => (entry.kind === "message" ? [entry.sender] : [])),
		);
		const people = [...this.#people.values()].filter(
			({ identity, isOnline }) => isOnline || named.has(identity) || identity === this.#me,
		);
		return { people, entries };
	}

	/**
	 * Replaces people and messages by a fresh picture; notices stay.
	 *
	 * @param settled the own line that each row came from, by row key
	 */
	applied(snapshot: BackendSnapshot, me: string, settled: ReadonlyMap<string, string>): void {
		this.#me = me;
		this.#isOnline = true;
		this.#people.clear();
		for (const person of snapshot.people) {
			this.#people.set(person.identity, person);
		}
		for (const [rowKey, clientId] of settled) {
			this.#shownAs.set(rowKey, clientId);
		}
		const notices = this.#log.all().filter(({ kind }) => kind === "notice");
		this.#log.replace([...notices, ...snapshot.messages.map((row) => this.#messageOf(row))]);
		this.#onDidReset.fire();
	}

	/** Forgets everything: another server, database or identity. */
	clear(): void {
		this.#me = undefined;
		this.#isOnline = false;
		this.#people.clear();
		this.#log.replace([]);
		this.#shownAs.clear();
		this.#onDidReset.fire();
	}

	/** The connection is gone: nobody can be said to be online. */
	cut(): void {
		this.#isOnline = false;
		this.#onDidReset.fire();
	}

	personChanged(person: Person, before: Person | undefined): void {
		this.#people.set(person.identity, person);
		this.#onDidChange.fire({ type: "peopleChanged", upserts: [person], removed: [] });
		const isMe = person.identity === this.#me;
		if (before !== undefined && before.name !== person.name) {
			this.notify({ what: "renamed", from: displayName(before), to: displayName(person) });
		}
		if ((before?.isOnline ?? false) !== person.isOnline && !isMe) {
			this.notify({ what: person.isOnline ? "joined" : "left", name: displayName(person) });
		}
	}

	personGone(identity: string): void {
		this.#people.delete(identity);
		this.#onDidChange.fire({ type: "peopleChanged", upserts: [], removed: [identity] });
	}

	/** @param clientId the own line that became this row */
	messageArrived(row: MessageRow, clientId: string | undefined): void {
		if (clientId !== undefined) {
			this.#shownAs.set(row.key, clientId);
			this.#pending.delete(clientId);
		}
		const message = this.#messageOf(row);
		this.#log.insert(message);
		const sender = this.#people.get(row.sender);
		if (sender !== undefined && !sender.isOnline) {
			this.#onDidChange.fire({ type: "peopleChanged", upserts: [sender], removed: [] });
		}
		this.#upsert([message]);
	}

	messageGone(rowKey: string): void {
		const key = this.#shownAs.get(rowKey) ?? rowKey;
		this.#shownAs.delete(rowKey);
		this.#log.remove(key);
		this.#onDidChange.fire({ type: "entriesChanged", upserts: [], removed: [key] });
	}

	/** Adds a notice behind all that is there. */
	notify(content: NoticeContent): void {
		const tie = ++this.#noticeCount;
		const notice = {
			...content,
			kind: "notice",
			key: `n${tie}`,
			order: this.#log.last()?.order ?? Date.now() * 1000,
			tie,
			atMs: Date.now(),
		} as Notice;
		this.#log.insert(notice);
		this.#upsert([notice]);
	}

	/** The own lines on their way, as the outbox has them. */
	showOutbox(outbox: Outbox): void {
		const before = this.#pending;
		// A line whose row is in the log is shown as that.
		const waiting = outbox.filter(({ clientId }) => !this.#log.has(clientId));
		const ties = this.#queueNumbers.of(waiting);
		const upserts: Message[] = [];
		this.#pending = new Map();
		for (const [index, entry] of waiting.entries()) {
			const message = this.#pendingMessage(entry, ties[index] ?? 0, before.get(entry.clientId));
			this.#pending.set(message.key, message);
			if (before.get(message.key) !== message) {
				upserts.push(message);
			}
		}
		const removed = [...before.keys()].filter(
			(key) => !this.#pending.has(key) && !this.#log.has(key),
		);
		if (upserts.length > 0 || removed.length > 0) {
			this.#onDidChange.fire({ type: "entriesChanged", upserts, removed });
		}
	}

	#upsert(upserts: readonly Entry[]): void {
		this.#onDidChange.fire({ type: "entriesChanged", upserts, removed: [] });
	}

	#messageOf(row: MessageRow): Message {
		return {
			kind: "message",
			key: this.#shownAs.get(row.key) ?? row.key,
			order: row.sentMicros,
			tie: row.tie,
			sender: row.sender,
			isOwn: row.sender === this.#me,
			sentMs: Math.floor(row.sentMicros / 1000),
			text: row.text,
			state: { kind: "sent" },
		};
	}

	/** @param known the message as it was shown: given back if nothing is another now */
	#pendingMessage(entry: OutboxEntry, tie: number, known: Message | undefined): Message {
		const state = sendState(entry, this.#isOnline);
		if (known?.tie === tie && known.sender === this.#me && isSame(known.state, state)) {
			return known;
		}
		return {
			kind: "message",
			key: entry.clientId,
			order: Number.MAX_SAFE_INTEGER,
			tie,
			sender: this.#me ?? "",
			isOwn: true,
			sentMs: entry.createdMs,
			text: entry.text,
			state,
		};
	}
}

function sendState(entry: OutboxEntry, isOnline: boolean): SendState {
	switch (entry.state) {
		case "queued":
			return {
				kind: "pending",
				sinceMs: entry.createdMs,
				waitsFor: isOnline ? "ack" : "connection",
			};
		case "inFlight":
			return { kind: "pending", sinceMs: entry.createdMs, waitsFor: "ack" };
		case "acked":
			return { kind: "sent" };
		case "failed":
			return { kind: "failed", reason: entry.reason ?? "" };
		case "unknown":
			return { kind: "unknown" };
	}
}

function isSame(a: SendState, b: SendState): boolean {
	switch (a.kind) {
		case "pending":
			return b.kind === "pending" && a.sinceMs === b.sinceMs && a.waitsFor === b.waitsFor;
		case "failed":
			return b.kind === "failed" && a.reason === b.reason;
		default:
			return a.kind === b.kind;
	}
}
