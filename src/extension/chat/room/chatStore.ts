import { EventEmitter } from "vscode";
import type { Event } from "vscode";
import type { Entry, Message } from "../../../shared/chat";
import type { Person } from "../../../shared/person";
import { compareEntries, sendersOf } from "../../../shared/chat";
import type { PostDetail } from "../../../shared/room";
import { LOBBY } from "../../../shared/room";
import type { BackendSnapshot, MessageRow, PostFields, RoomSnapshot } from "../backend";
import { DisposableStore } from "../../platform/disposable";
import type { PageRange } from "./pageRange";
import { NO_PAGES } from "./pageRange";
import type { Outbox } from "../outbox/outbox";
import { roomOf } from "../outbox/outbox";
import type { NoticeContent } from "./notices";
import { Notices, noticesOf } from "./notices";
import { People } from "../people";
import { PendingMessages } from "./pendingMessages";
import { postDetail } from "./postDetail";
import { Quotes } from "./quotes";
import { ShownRows } from "./shownRows";
import type { ResetReason, StoreChange } from "./storeChange";
import { SortedLog } from "./sortedLog";

/** The chat as this window knows it: people, messages, notices, and own lines on their way. */
export class ChatStore extends DisposableStore {
	readonly #onDidChange = this.register(new EventEmitter<StoreChange>());
	/** Changes since the last reset, each fired once, in order. */
	readonly onDidChange: Event<StoreChange> = this.#onDidChange.event;
	readonly #onDidReceiveMessage = this.register(new EventEmitter<Message>());
	/** What was said just now, in the window or behind it. */
	readonly onDidReceiveMessage: Event<Message> = this.#onDidReceiveMessage.event;
	readonly #onDidReset = this.register(new EventEmitter<ResetReason>());
	/** Everything is another now: ask for it anew. */
	readonly onDidReset: Event<ResetReason> = this.#onDidReset.event;

	readonly #people = new People();
	readonly #log = new SortedLog<Entry>(compareEntries);
	/** The messages in the log. */
	readonly #shown = new ShownRows();
	#window: PageRange = NO_PAGES;
	/** The place of the newest message seen since the last picture: what is behind it is news. */
	#newestOrder = Number.MIN_SAFE_INTEGER;
	readonly #pending = new PendingMessages();
	#me: string | undefined;
	#roomId = LOBBY;
	#isOnline = false;
	/** What messages answer that are not in the log. */
	readonly quotes = this.register(new Quotes());
	readonly #notices = new Notices();

	/** The room that the log is of. */
	get roomId(): number {
		return this.#roomId;
	}

	get me(): string | undefined {
		return this.#me;
	}

	/** Whether what was said before is there: the server has answered for the room that is open. */
	get hasBacklog(): boolean {
		return this.#window.pages.length > 0;
	}

	/** People online, or 0 while there is no connection that could tell. */
	get onlineCount(): number {
		return this.online().length;
	}

	person(identity: string): Person | undefined {
		return this.#people.get(identity);
	}

	everybody(): Person[] {
		return this.#people.all();
	}

	online(): Person[] {
		return this.#isOnline ? this.#people.onlineOr(new Set()) : [];
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
		return this.#people.onlineOr(sendersOf(entries).add(this.#me ?? ""));
	}

	/**
	 * Replaces people and messages by a fresh picture; notices stay.
	 *
	 * @param settled the own line that each row came from, by row key
	 */
	applied(snapshot: BackendSnapshot, me: string, settled: ReadonlyMap<string, string>): void {
		this.#me = me;
		this.#isOnline = true;
		this.#people.replace(snapshot.people);
		for (const [rowKey, clientId] of settled) {
			this.#shown.name(rowKey, clientId);
		}
		const isSameRoom = snapshot.roomId === this.#roomId;
		const notices = isSameRoom ? this.#log.all().filter(({ kind }) => kind === "notice") : [];
		this.#showRoom(snapshot, notices);
		this.#onDidReset.fire(isSameRoom ? "again" : "room");
	}

	/** Shows another room. Notices are of their moment and of the room that was open then. */
	enterRoom(snapshot: RoomSnapshot): void {
		this.#showRoom(snapshot, []);
		this.#onDidReset.fire("room");
	}

	#showRoom({ roomId, window, messages }: RoomSnapshot, notices: readonly Entry[]): void {
		this.#roomId = roomId;
		this.#window = window;
		this.#shown.clear();
		this.#log.replace([...notices, ...messages.map((row) => this.#show(row))]);
		this.#shown.keepNames();
		this.#newestOrder = messages.reduce(
			(newest, { order }) => Math.max(newest, order),
			Number.MIN_SAFE_INTEGER,
		);
	}

	/** Shows another part of the history: these rows come, and those of other pages go. */
	showWindow(window: PageRange, rows: readonly MessageRow[]): void {
		this.#window = window;
		const pages = new Set(window.pages);
		const kept = this.#log.all().filter(({ key }) => {
			const shown = this.#shown.get(key);
			if (shown === undefined || pages.has(shown.page)) {
				return true;
			}
			this.#shown.remove(shown.key);
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
		this.#people.replace([]);
		this.#log.replace([]);
		this.#shown.clear();
		this.#shown.keepNames();
		this.#notices.clear();
		this.#window = NO_PAGES;
		this.#onDidReset.fire("elsewhere");
	}

	/** The connection is gone: nobody can be said to be online. */
	cut(): void {
		this.#isOnline = false;
		this.#onDidReset.fire("again");
	}

	personChanged(person: Person, before: Person | undefined): void {
		this.#people.set(person);
		this.#onDidChange.fire({ type: "peopleChanged", upserts: [person], removed: [] });
		for (const content of noticesOf(person, before, this.#me)) {
			this.notify(content);
		}
	}

	personGone(identity: string): void {
		this.#people.delete(identity);
		this.#onDidChange.fire({ type: "peopleChanged", upserts: [], removed: [identity] });
	}

	/** @param clientId the own line that became this row */
	messageArrived(row: MessageRow, clientId: string | undefined): void {
		if (clientId !== undefined) {
			this.#shown.name(row.key, clientId);
			this.#pending.forget(clientId);
		}
		const isKnown = this.#shown.get(this.#keyOf(row)) !== undefined;
		const message = this.#messageOf(row);
		if (this.#window.pages.includes(row.page)) {
			this.#log.insert(this.#show(row, message));
			this.edgesChanged();
		}
		if (row.order > this.#newestOrder) {
			this.#newestOrder = row.order;
			if (!isKnown) {
				this.#onDidReceiveMessage.fire(message);
			}
		}
	}

	/** A message is another now: its text, or what is known of it. */
	messageChanged(row: MessageRow): void {
		const key = this.#keyOf(row);
		if (this.#shown.get(key) !== undefined) {
			this.#log.insert(this.#show(row));
			this.edgesChanged();
		}
	}

	/** What the database says of a message in the log, by its place. */
	rowAt(order: number): MessageRow | undefined {
		return this.#shown.rows.find((row) => row.order === order);
	}

	/** Something that messages are drawn with is known now, or another: draws those anew. */
	redraw(isWanted: (row: MessageRow) => boolean): void {
		const rows = this.#shown.rows.filter(isWanted);
		for (const row of rows) {
			this.#log.insert(this.#messageOf(row));
		}
		if (rows.length > 0) {
			this.edgesChanged();
		}
	}

	messageGone(rowKey: string): void {
		this.#log.remove(this.#shown.remove(rowKey));
		this.edgesChanged();
	}

	/** Adds a notice behind all that is there. */
	notify(content: NoticeContent): void {
		const last = this.#log.last()?.order ?? Number.MIN_SAFE_INTEGER;
		this.#log.insert(this.#notices.make(content, Math.max(last, this.#newestOrder)));
		const surplus = this.#notices.surplus();
		if (surplus !== undefined) {
			this.#log.remove(surplus);
		}
		this.edgesChanged();
	}

	/** The own lines on their way, as the outbox has them. */
	showOutbox(outbox: Outbox): void {
		// A line whose row is in the log is shown as that.
		const waiting = outbox.filter(
			(entry) => roomOf(entry) === this.#roomId && !this.#log.has(entry.clientId),
		);
		if (this.#pending.show(waiting, this.#me ?? "", this.#isOnline)) {
			this.edgesChanged();
		}
	}

	/** Notes a row as shown, under the key of the own line that it was. */
	#show(row: MessageRow, message = this.#messageOf(row)): Message {
		this.#shown.add(message.key, row);
		return message;
	}

	#keyOf(row: MessageRow): string {
		return this.#shown.keyOf(row, this.#me);
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
			...(row.post === undefined ? {} : { post: this.#detail(row, row.post) }),
		};
	}

	#detail(row: MessageRow, facts: PostFields): PostDetail {
		const quoted = facts.replyTo === undefined ? undefined : this.rowAt(facts.replyTo);
		return postDetail(row, facts, {
			me: this.#me ?? "",
			myName: this.#me === undefined ? undefined : this.#people.get(this.#me)?.name,
			quotedOf: (seq) =>
				quoted === undefined
					? this.quotes.of(this.#roomId, seq)
					: { sender: quoted.sender, text: quoted.text, isGone: quoted.post?.gone !== undefined },
		});
	}
}
