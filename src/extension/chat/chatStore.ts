import { EventEmitter } from "vscode";
import type { Event } from "vscode";
import type { ChatChange, Entry, Message, Notice, Person } from "../../shared/chat";
import { compareEntries, displayName } from "../../shared/chat";
import type { BackendSnapshot, MessageRow } from "../backend/backend";
import { Owner } from "../disposable";
import type { HistoryWindow } from "../history/historyWindow";
import { NO_HISTORY } from "../history/historyWindow";
import type { Outbox } from "./outbox";
import { PendingLines } from "./pendingLines";
import { SortedLog } from "./sortedLog";

/** Notices are of this window alone and lie nowhere else: so many are kept. */
const MAX_NOTICES = 200;

/** What a notice says, before it has its place in the log. */
export type NoticeContent = Notice extends infer N
	? N extends Notice
		? Omit<N, "kind" | "key" | "order" | "tie" | "atMs">
		: never
	: never;

/** What else is told of a change than what is another now. */
export type StoreChange =
	/** The log, its ends or what is on its way: look at `timeline` anew. */
	{ readonly type: "logChanged" } | Extract<ChatChange, { type: "peopleChanged" }>;

/** A message in the log, as the database knows it. */
interface Shown {
	readonly rowKey: string;
	readonly page: number;
}

/** The chat as this window knows it: people, messages, notices, and own lines on their way. */
export class ChatStore extends Owner {
	readonly #onDidChange = this.register(new EventEmitter<StoreChange>());
	/** Changes since the last reset, each fired once, in order. */
	readonly onDidChange: Event<StoreChange> = this.#onDidChange.event;
	readonly #onDidHear = this.register(new EventEmitter<Message>());
	/** What was said just now, in the window or behind it. */
	readonly onDidHear: Event<Message> = this.#onDidHear.event;
	readonly #onDidReset = this.register(new EventEmitter<"again" | "elsewhere">());
	/** Everything is another now: ask for it anew. `elsewhere`: it is another database, or another person. */
	readonly onDidReset: Event<"again" | "elsewhere"> = this.#onDidReset.event;

	readonly #people = new Map<string, Person>();
	readonly #log = new SortedLog<Entry>(compareEntries);
	/** The messages in the log, by their key. */
	readonly #shown = new Map<string, Shown>();
	/** Row key → the key its message is shown under, where an own line became the row. */
	readonly #shownAs = new Map<string, string>();
	#window: HistoryWindow = NO_HISTORY;
	/** The place of the newest message seen since the last picture: what is behind it is news. */
	#newestOrder = Number.MIN_SAFE_INTEGER;
	readonly #pending = new PendingLines();
	#me: string | undefined;
	#isOnline = false;
	readonly #noticeKeys: string[] = [];
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

	/**
	 * Everything that may be shown, in order: the window's messages, and the notices that lie among them;
	 * own lines on their way stand at the end, unless the window ends earlier.
	 */
	timeline(): Entry[] {
		const log = this.#log.all();
		const { hasOlder, isLive } = this.#window;
		const isMessage = ({ kind }: Entry) => kind === "message";
		const first = hasOlder ? Math.max(0, log.findIndex(isMessage)) : 0;
		return isLive
			? [...log.slice(first), ...this.#pending.messages()]
			: log.slice(first, log.findLastIndex(isMessage) + 1);
	}

	/** Those whom these entries name, and everybody online. */
	peopleIn(entries: readonly Entry[]): Person[] {
		const named = new Set(
			entries.flatMap((entry) => (entry.kind === "message" ? [entry.sender] : [])),
		);
		return [...this.#people.values()].filter(
			({ identity, isOnline }) => isOnline || named.has(identity) || identity === this.#me,
		);
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
		this.#window = snapshot.window;
		for (const [rowKey, clientId] of settled) {
			this.#shownAs.set(rowKey, clientId);
		}
		this.#shown.clear();
		const notices = this.#log.all().filter(({ kind }) => kind === "notice");
		this.#log.replace([...notices, ...snapshot.messages.map((row) => this.#show(row))]);
		const rowKeys = new Set([...this.#shown.values()].map(({ rowKey }) => rowKey));
		for (const rowKey of [...this.#shownAs.keys()].filter((key) => !rowKeys.has(key))) {
			this.#shownAs.delete(rowKey);
		}
		this.#newestOrder = snapshot.messages.reduce(
			(newest, { order }) => Math.max(newest, order),
			Number.MIN_SAFE_INTEGER,
		);
		this.#onDidReset.fire("again");
	}

	/** Shows another part of the history: these rows come, and those of other pages go. */
	showWindow(window: HistoryWindow, rows: readonly MessageRow[]): void {
		this.#window = window;
		const pages = new Set(window.pages);
		const kept = this.#log.all().filter(({ key }) => {
			const shown = this.#shown.get(key);
			if (shown === undefined || pages.has(shown.page)) {
				return true;
			}
			this.#shown.delete(key);
			this.#shownAs.delete(shown.rowKey);
			return false;
		});
		if (rows.length > 0 || kept.length < this.#log.all().length) {
			this.#log.replace([...kept, ...rows.map((row) => this.#show(row))]);
		}
		this.edgesChanged();
	}

	/** What lies beyond the ends of the window is another thing now. */
	edgesChanged(): void {
		this.#onDidChange.fire({ type: "logChanged" });
	}

	/** Forgets everything: another server, database or identity. */
	clear(): void {
		this.#me = undefined;
		this.#isOnline = false;
		this.#people.clear();
		this.#log.replace([]);
		this.#shown.clear();
		this.#shownAs.clear();
		this.#noticeKeys.length = 0;
		this.#window = NO_HISTORY;
		this.#onDidReset.fire("elsewhere");
	}

	/** The connection is gone: nobody can be said to be online. */
	cut(): void {
		this.#isOnline = false;
		this.#onDidReset.fire("again");
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

	/**
	 * @param clientId the own line that became this row
	 */
	messageArrived(row: MessageRow, clientId: string | undefined): void {
		if (clientId !== undefined) {
			this.#shownAs.set(row.key, clientId);
			this.#pending.forget(clientId);
		}
		const isKnown = this.#shown.has(this.#keyOf(row));
		const message = this.#messageOf(row);
		if (this.#window.pages.includes(row.page)) {
			this.#log.insert(this.#show(row, message));
			this.edgesChanged();
		}
		if (row.order > this.#newestOrder) {
			this.#newestOrder = row.order;
			if (!isKnown) {
				this.#onDidHear.fire(message);
			}
		}
	}

	messageGone(rowKey: string): void {
		const key = this.#shownAs.get(rowKey) ?? rowKey;
		this.#shownAs.delete(rowKey);
		this.#shown.delete(key);
		this.#log.remove(key);
		this.edgesChanged();
	}

	/** Adds a notice behind all that is there. */
	notify(content: NoticeContent): void {
		const tie = ++this.#noticeCount;
		const notice = {
			...content,
			kind: "notice",
			key: `n${tie}`,
			order: Math.max(this.#log.last()?.order ?? Number.MIN_SAFE_INTEGER, this.#newestOrder),
			tie,
			atMs: Date.now(),
		} as Notice;
		this.#log.insert(notice);
		this.#noticeKeys.push(notice.key);
		const [oldest] = this.#noticeKeys;
		if (this.#noticeKeys.length > MAX_NOTICES && oldest !== undefined) {
			this.#noticeKeys.shift();
			this.#log.remove(oldest);
		}
		this.edgesChanged();
	}

	/** The own lines on their way, as the outbox has them. */
	showOutbox(outbox: Outbox): void {
		// A line whose row is in the log is shown as that.
		const waiting = outbox.filter(({ clientId }) => !this.#log.has(clientId));
		if (this.#pending.show(waiting, this.#me ?? "", this.#isOnline)) {
			this.edgesChanged();
		}
	}

	/** Notes a row as shown, under the key of the own line that it was. */
	#show(row: MessageRow, message = this.#messageOf(row)): Message {
		this.#shown.set(message.key, { rowKey: row.key, page: row.page });
		if (message.key !== row.key) {
			this.#shownAs.set(row.key, message.key);
		}
		return message;
	}

	/** An own message has the key that its line had, on whatever page it comes back. */
	#keyOf(row: MessageRow): string {
		const ownKey = row.sender === this.#me ? row.clientId : undefined;
		return this.#shownAs.get(row.key) ?? ownKey ?? row.key;
	}

	#messageOf(row: MessageRow): Message {
		return {
			kind: "message",
			key: this.#keyOf(row),
			order: row.order,
			tie: 0,
			sender: row.sender,
			isOwn: row.sender === this.#me,
			sentMs: Math.floor(row.sentMicros / 1000),
			text: row.text,
			state: { kind: "sent" },
		};
	}
}
