import { EventEmitter } from "vscode";
import type { Event } from "vscode";
import type { Entry, Message } from "../../../shared/chat";
import { compareEntries } from "../../../shared/chat";
import type { PostDetail } from "../../../shared/room";
import { DisposableStore } from "../../platform/disposable";
import type { MessageRow, PageRange, PostFields, QuotedRow, RoomSnapshot } from "../backend";
import type { Outbox } from "../outbox/outbox";
import type { People } from "../people";
import type { NoticeContent } from "./notices";
import { Notices } from "./notices";
import { NO_PAGES } from "./pageRange";
import { PendingMessages } from "./pendingMessages";
import { postDetail } from "./postDetail";
import { ShownRows } from "./shownRows";
import { SortedLog } from "./sortedLog";

/** The log of one room: messages of the loaded pages, notices, and own pending messages. */
export class RoomLog extends DisposableStore {
	readonly #onDidChange = this.register(new EventEmitter<void>());
	/** Fired when the entries, their edges or the pending messages changed; re-read `timeline`. */
	readonly onDidChange: Event<void> = this.#onDidChange.event;
	readonly #onDidReceive = this.register(new EventEmitter<Message>());
	/** A message that was just sent, whether its page is loaded or not. */
	readonly onDidReceive: Event<Message> = this.#onDidReceive.event;

	readonly #people: People;
	readonly #quotedOf: (seq: number) => QuotedRow | undefined;
	readonly #entries = new SortedLog<Entry>(compareEntries);
	/** The rows of the messages among the entries. */
	readonly #shown = new ShownRows();
	readonly #pending = new PendingMessages();
	readonly #notices = new Notices();
	#range: PageRange = NO_PAGES;
	/** The order of the newest message seen; a higher one is new. */
	#newestOrder = Number.MIN_SAFE_INTEGER;

	/** @param quotedOf the message with a number that lies outside of the loaded pages, if known */
	constructor(people: People, quotedOf: (seq: number) => QuotedRow | undefined) {
		super();
		this.#people = people;
		this.#quotedOf = quotedOf;
	}

	/** The loaded pages. */
	get range(): PageRange {
		return this.#range;
	}

	/** True once the server has sent the room's backlog. */
	get hasBacklog(): boolean {
		return this.#range.pages.length > 0;
	}

	/**
	 * The entries that can be shown, in order: messages of the loaded pages with the notices among them,
	 * then the pending messages, unless the loaded pages end before the latest message.
	 */
	timeline(): Entry[] {
		const entries = this.#entries.all();
		const { hasOlder, isLive } = this.#range;
		const isMessage = ({ kind }: Entry) => kind === "message";
		const first = hasOlder ? Math.max(0, entries.findIndex(isMessage)) : 0;
		return isLive
			? [...entries.slice(first), ...this.#pending.messages()]
			: entries.slice(first, entries.findLastIndex(isMessage) + 1);
	}

	/**
	 * Replaces the messages with those of a snapshot; the notices stay.
	 *
	 * @param ownIds the client id of the own pending message that each row settles, by row key
	 */
	replace({ window, messages }: RoomSnapshot, ownIds: ReadonlyMap<string, string>): void {
		const notices = this.#entries.all().filter(({ kind }) => kind === "notice");
		this.#range = window;
		for (const [rowKey, clientId] of ownIds) {
			this.#shown.name(rowKey, clientId);
		}
		this.#shown.clear();
		this.#entries.replace([...notices, ...messages.map((row) => this.#show(row))]);
		this.#shown.dropUnusedKeys();
		this.#newestOrder = messages.reduce(
			(newest, { order }) => Math.max(newest, order),
			Number.MIN_SAFE_INTEGER,
		);
	}

	/** Moves on to another range of pages: adds these rows, removes those of pages outside. */
	showRange(range: PageRange, rows: readonly MessageRow[]): void {
		this.#range = range;
		const pages = new Set(range.pages);
		const kept = this.#entries.all().filter(({ key }) => {
			const shown = this.#shown.get(key);
			if (shown === undefined || pages.has(shown.page)) {
				return true;
			}
			this.#shown.remove(shown.key);
			return false;
		});
		if (rows.length > 0 || kept.length < this.#entries.all().length) {
			this.#entries.replace([...kept, ...rows.map((row) => this.#show(row))]);
		}
		this.logChanged();
	}

	/** Reports a change of what lies beyond the loaded pages. */
	logChanged(): void {
		this.#onDidChange.fire();
	}

	/** @param clientId the own pending message that became this row */
	messageArrived(row: MessageRow, clientId: string | undefined): void {
		if (clientId !== undefined) {
			this.#shown.name(row.key, clientId);
			this.#pending.forget(clientId);
		}
		const isKnown = this.#shown.get(this.#keyOf(row)) !== undefined;
		const message = this.#messageOf(row);
		if (this.#range.pages.includes(row.page)) {
			this.#entries.insert(this.#show(row, message));
			this.logChanged();
		}
		if (row.order > this.#newestOrder) {
			this.#newestOrder = row.order;
			if (!isKnown) {
				this.#onDidReceive.fire(message);
			}
		}
	}

	/** Shows a changed row, and the messages that quote it. */
	messageChanged(row: MessageRow): void {
		if (this.#shown.get(this.#keyOf(row)) !== undefined) {
			this.#entries.insert(this.#show(row));
			this.logChanged();
		}
		this.quoteChanged(row.order);
	}

	messageGone(rowKey: string): void {
		this.#entries.remove(this.#shown.remove(rowKey));
		this.logChanged();
	}

	/** Makes the messages that answer the message `seq` again, with what is known of it now. */
	quoteChanged(seq: number): void {
		const rows = this.#shown.rows.filter(({ post }) => post?.replyTo === seq);
		for (const row of rows) {
			this.#entries.insert(this.#messageOf(row));
		}
		if (rows.length > 0) {
			this.logChanged();
		}
	}

	/** The row of a loaded message, by its order. */
	rowAt(order: number): MessageRow | undefined {
		return this.#shown.rows.find((row) => row.order === order);
	}

	/** Adds a notice at the end. */
	notify(content: NoticeContent): void {
		const last = this.#entries.last()?.order ?? Number.MIN_SAFE_INTEGER;
		this.#entries.insert(this.#notices.make(content, Math.max(last, this.#newestOrder)));
		const surplus = this.#notices.surplus();
		if (surplus !== undefined) {
			this.#entries.remove(surplus);
		}
		this.logChanged();
	}

	/** Shows the outbox entries of this room as pending messages. */
	showPending(outbox: Outbox): void {
		// An outbox entry whose row is loaded is shown as that row.
		const waiting = outbox.filter(({ clientId }) => !this.#entries.has(clientId));
		const { me = "", isAttached } = this.#people;
		if (this.#pending.show(waiting, me, isAttached)) {
			this.logChanged();
		}
	}

	/** Records a row as shown, under the key of the pending message that it was. */
	#show(row: MessageRow, message = this.#messageOf(row)): Message {
		this.#shown.add(message.key, row);
		return message;
	}

	#keyOf(row: MessageRow): string {
		return this.#shown.keyOf(row, this.#people.me);
	}

	#messageOf(row: MessageRow): Message {
		return {
			kind: "message",
			key: this.#keyOf(row),
			order: row.order,
			tie: 0,
			sender: row.sender,
			isOwn: row.sender === this.#people.me,
			sentMs: Math.floor(row.sentMicros / 1000),
			text: row.text,
			state: { kind: "sent" },
			...(row.post === undefined ? {} : { post: this.#detail(row, row.post) }),
		};
	}

	#detail(row: MessageRow, fields: PostFields): PostDetail {
		const { me } = this.#people;
		const loaded = fields.replyTo === undefined ? undefined : this.rowAt(fields.replyTo);
		return postDetail(row, fields, {
			me: me ?? "",
			myName: me === undefined ? undefined : this.#people.get(me)?.name,
			quotedOf: (seq) =>
				loaded === undefined
					? this.#quotedOf(seq)
					: { sender: loaded.sender, text: loaded.text, isGone: loaded.post?.gone !== undefined },
		});
	}
}
