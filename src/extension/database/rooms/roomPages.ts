import { PAGE_BITS } from "../../../module_bindings/client.generated";
import type {
	MessageRow,
	OpenRequest,
	PageRange,
	Pages,
	QuotedRow,
	ReadNow,
	PostReaction,
	RoomSnapshot,
} from "../../chat/backend";
import { hexOf } from "../sdk/identityHex";
import { openingPages, range } from "./openingPages";
import { PageSubscriptions } from "../sdk/pageSubscriptions";
import type { PostTables, ReactionRow } from "./postTables";
import type { PostRow } from "../sdk/rows";
import { postKey, postRow, readPost, toSafeNumber } from "../sdk/rows";
import { POST_COLUMNS, readSqlPost, readSqlTime } from "../sdk/sqlRows";
import type { EventContext } from "../sdk/tableEvents";
import { isDeleted, isLive, listen } from "../sdk/tableEvents";
import type { BackendSources } from "../sdk/backendBase";

/** Empty pages subscribed ahead: at 2,000 messages a second no row arrives late (server 1.3.0). */
const PAGES_AHEAD = 4;
const ROOM_SHIFT = BigInt(PAGE_BITS);

/** The posts of one room of a rooms database, by pages. */
export class RoomPages implements Pages {
	readonly #sources: BackendSources;
	readonly #room: number;
	readonly #tables: PostTables;
	readonly #subscriptions: PageSubscriptions;
	readonly #unlisten: (() => void)[];
	#head: number;
	#isOpen = false;

	/** @param head the newest page that is known */
	constructor(sources: BackendSources, room: number, head: number, tables: PostTables) {
		this.#sources = sources;
		this.#room = room;
		// A page that begins when this person joins a private room may be empty yet.
		this.#head = Math.max(head, tables.first);
		this.#tables = tables;
		const { connection, events, guard, subscriptionFailed } = sources;
		const { posts, reactions } = tables;
		this.#subscriptions = new PageSubscriptions({
			connection,
			guard,
			subscriptionFailed,
			queriesOf: (page) => [
				this.#query(tables.name, "*", page),
				...(reactions === undefined ? [] : [this.#query(reactions.name, "*", page)]),
			],
		});
		const reactionChanged = (row: ReactionRow, context?: EventContext) => {
			if (
				this.#isInOpenRoom(row) &&
				(context === undefined || (isLive(context) && isDeleted(context)))
			) {
				this.#reactionsChanged(row.seq);
			}
		};
		this.#unlisten = [
			listen(posts, guard, {
				inserted: (row, context) => {
					if (isLive(context) && this.#isInOpenRoom(row)) {
						// A new post has no reactions.
						this.#messageArrived(readPost(row));
					}
				},
				updated: (row) => {
					if (this.#isInOpenRoom(row)) {
						events.messageChanged(this.#read(row));
					}
				},
				deleted: (row, context) => {
					if (isDeleted(context) && this.#isInOpenRoom(row)) {
						events.messageGone(postKey(toSafeNumber(row.seq)));
					}
				},
			}),
			...(reactions === undefined
				? []
				: [listen(reactions.rows, guard, { inserted: reactionChanged, deleted: reactionChanged })]),
		];
	}

	get room(): number {
		return this.#room;
	}

	get head(): number {
		return this.#head;
	}

	/** Loads the newest pages, or the pages before the cut where the reader was further up. */
	async open(request: OpenRequest): Promise<ReadNow<RoomSnapshot>> {
		const head = this.#head;
		const window = openingPages(this.#tables.first, head, request);
		const loading = window.pages.map((page) => this.load(page));
		// Subscribed after the others, so that the pages on screen don't wait for the empty ones.
		this.#subscribe(this.#ahead());
		await Promise.all(loading);
		return () => this.#readNow(window, head, request.maxPages);
	}

	/** @param headBefore the newest page when the window was chosen */
	#readNow(window: PageRange, headBefore: number, maxPages: number): RoomSnapshot {
		this.#isOpen = true;
		// A message sent while the pages loaded has a row, and perhaps not yet a new head.
		const later = this.#rows((page) => page > this.#head).map(({ page }) => page);
		this.#head = Math.max(this.#head, ...later);
		const newer = range(headBefore + 1, this.#head);
		const pages = window.isLive ? [...window.pages, ...newer].slice(-maxPages) : window.pages;
		this.#subscribe([...range(headBefore, this.#head), ...this.#ahead()]);
		return {
			roomId: this.#room,
			messages: this.rowsOf(pages),
			window: { ...window, pages, hasOlder: (pages[0] ?? 0) > this.#tables.first },
		};
	}

	olderThan(page: number): Promise<number | undefined> {
		return Promise.resolve(page > this.#tables.first ? page - 1 : undefined);
	}

	newerThan(page: number): Promise<number | undefined> {
		return Promise.resolve(page < this.#head ? page + 1 : undefined);
	}

	/** Searches by halves for the page of a time. The first row of a page has the page's time. */
	async pageAt(sentMs: number): Promise<number> {
		let [low, high] = [this.#tables.first, this.#head];
		while (low < high) {
			const middle = Math.ceil((low + high) / 2);
			const [row] = await this.#sources.runSql(
				`${this.#query(this.#tables.name, "sent", middle)}${this.#tables.andOwn} LIMIT 1`,
			);
			if (row === undefined || readSqlTime(row) > sentMs * 1_000) {
				high = middle - 1;
			} else {
				low = middle;
			}
		}
		return low;
	}

	async load(page: number): Promise<boolean> {
		return this.#subscriptions.load(page);
	}

	rowsOf(pages: readonly number[]): MessageRow[] {
		const wanted = new Set(pages);
		return this.#rows((page) => wanted.has(page));
	}

	keep(pages: readonly number[]): void {
		const wanted = new Set([...pages, this.#head, ...this.#ahead()]);
		this.#subscriptions.keep((page) => wanted.has(page));
	}

	async read(page: number): Promise<readonly MessageRow[]> {
		const { name, andOwn } = this.#tables;
		const rows = await this.#sources.runSql(`${this.#query(name, POST_COLUMNS, page)}${andOwn}`);
		return rows.map((row) => postRow(readSqlPost(row))).sort((a, b) => a.order - b.order);
	}

	/** Ends the subscriptions, because another room is open or the connection is closed. */
	cut(): void {
		this.#isOpen = false;
		this.#subscriptions.keep(() => false);
		this.#subscriptions.cut();
		for (const unlisten of this.#unlisten) {
			unlisten();
		}
	}

	/** Takes notice of a page that exists. */
	follow(head: number): void {
		if (!this.#isOpen) {
			this.#head = Math.max(this.#head, head);
		} else if (head > this.#head) {
			const before = this.#head;
			this.#head = head;
			this.#sources.events.pagesBegun(range(before + 1, head));
			this.#subscribe([...range(before, head), ...this.#ahead()]);
		}
	}

	/** Reads a message that another one quotes. Rejects without an answer. */
	async quoted(seq: number): Promise<QuotedRow | undefined> {
		const { name, andOwn } = this.#tables;
		const query = `SELECT ${POST_COLUMNS} FROM ${name} WHERE room = ${this.#room} AND seq = ${seq}`;
		const [row] = await this.#sources.runSql(query + andOwn);
		if (row === undefined) {
			return undefined;
		}
		const { sender, text, gone } = readSqlPost(row);
		return { sender, text, isGone: gone !== undefined };
	}

	#query(table: string, columns: string, page: number): string {
		const key = (BigInt(this.#room) << ROOM_SHIFT) | BigInt(page);
		return `SELECT ${columns} FROM ${table} WHERE page = ${key}`;
	}

	#isInOpenRoom(row: { readonly room: number }): boolean {
		return this.#isOpen && row.room === this.#room && this.#tables.isOwn(row);
	}

	/** Returns the messages of some pages in the SDK's cache. */
	#rows(isWanted: (page: number) => boolean): MessageRow[] {
		const posts = [...this.#tables.posts.iter()].filter(
			(post) =>
				post.room === this.#room && isWanted(pageInRoom(post.page)) && this.#tables.isOwn(post),
		);
		const reactions = this.#reactionsBySeq();
		return posts.map((post) => readPost(post, reactions.get(post.seq)));
	}

	#read(row: PostRow): MessageRow {
		return readPost(row, this.#reactionsBySeq(row.seq).get(row.seq));
	}

	/** Returns the reactions to the loaded posts, or to one of them, in the order of the cache. */
	#reactionsBySeq(only?: bigint): Map<bigint, PostReaction[]> {
		const bySeq = new Map<bigint, PostReaction[]>();
		for (const row of this.#tables.reactions?.rows.iter() ?? []) {
			const isWanted = row.room === this.#room && (only === undefined || row.seq === only);
			if (isWanted && this.#tables.isOwn(row)) {
				const reactions = bySeq.get(row.seq) ?? [];
				reactions.push({ emoji: row.emoji, who: hexOf(row.who) });
				bySeq.set(row.seq, reactions);
			}
		}
		return bySeq;
	}

	#reactionsChanged(seq: bigint): void {
		for (const row of this.#tables.posts.iter()) {
			if (row.seq === seq && this.#isInOpenRoom(row)) {
				this.#sources.events.messageChanged(this.#read(row));
			}
		}
	}

	#messageArrived(row: MessageRow): void {
		// The row may arrive before the new head.
		this.follow(row.page);
		this.#sources.events.messageArrived(row);
	}

	/** Subscribes to pages. Their messages are reported as arrived once the subscription applies. */
	#subscribe(pages: readonly number[]): void {
		for (const page of pages.filter((one) => !this.#subscriptions.isSubscribed(one))) {
			// A private room has no row with its head, so a message on the page is the only sign of it.
			void this.load(page).then((isLoaded) =>
				this.#sources.guard(() => {
					// Before the room is open, the snapshot has these messages.
					for (const row of isLoaded && this.#isOpen ? this.rowsOf([page]) : []) {
						this.#messageArrived(row);
					}
				}),
			);
		}
	}

	#ahead(): number[] {
		return range(this.#head + 1, this.#head + PAGES_AHEAD);
	}
}

/** Returns a page's number within its room. */
export function pageInRoom(page: bigint): number {
	return Number(BigInt.asUintN(Number(ROOM_SHIFT), page));
}
