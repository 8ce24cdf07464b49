import type { PageRange } from "../../chat/room/pageRange";
import { MAX_PAGES } from "../../chat/room/pageRange";
import type { EventContext } from "../../../module_bindings/index";
import type {
	MessageRow,
	OpenRequest,
	Pages,
	QuotedRow,
	ReadNow,
	PostReaction,
	RoomSnapshot,
} from "../../chat/backend";
import { hexOf } from "../sdk/identityHex";
import { openingPages, range } from "../sdk/openingPages";
import { PageSubscriptions } from "./pageSubscriptions";
import type { ReactionRow, RoomTables } from "./roomTables";
import type { PostRow } from "../sdk/rows";
import { postKey, postRow, readPost, toSafeNumber } from "../sdk/rows";
import { POST_COLUMNS, readSqlPost, readSqlTime } from "../sdk/sqlRows";
import { isDeleted, isLive, listen } from "../sdk/tableEvents";
import type { BackendSources } from "../sdk/backendBase";

/** Empty pages that are held ahead: at 2,000 messages a second none comes late (server 1.3.0). */
const PAGES_AHEAD = 4;
/** `page` has the room in its high 32 bits (`server/src/post.rs`). */
const ROOM_SHIFT = 32n;

/** One room's posts in a database of ours, by pages of 128. */
export class RoomPages implements Pages {
	readonly #sources: BackendSources;
	readonly #room: number;
	readonly #tables: RoomTables;
	readonly #subscriptions: PageSubscriptions;
	readonly #unlisten: (() => void)[];
	#head: number;
	#isOpen = false;

	/** @param head the newest page, as far as is known */
	constructor(sources: BackendSources, room: number, head: number, tables: RoomTables) {
		this.#sources = sources;
		this.#room = room;
		// Joining may be all that has happened behind the end of a page.
		this.#head = Math.max(head, tables.first);
		this.#tables = tables;
		const { connection, events, guard, failed } = sources;
		const { posts, reactions } = tables;
		this.#subscriptions = new PageSubscriptions({
			connection,
			guard,
			failed,
			queriesOf: (page) => [
				this.#query(tables.name, "*", page),
				...(reactions === undefined ? [] : [this.#query(reactions.name, "*", page)]),
			],
		});
		const postGone = (row: PostRow) => events.messageGone(postKey(toSafeNumber(row.seq)));
		const reacted = (row: ReactionRow, context?: EventContext) => {
			if (this.#isHere(row) && (context === undefined || (isLive(context) && isDeleted(context)))) {
				this.#reacted(row.seq);
			}
		};
		this.#unlisten = [
			listen(posts, guard, {
				inserted: (row, context) => {
					if (isLive(context) && this.#isHere(row)) {
						// Nobody can have reacted yet, so there is nothing to look for.
						this.#arrived(readPost(row));
					}
				},
				updated: (row) => {
					if (this.#isHere(row)) {
						events.messageChanged(this.#read(row));
					}
				},
				deleted: (row, context) => {
					if (isDeleted(context) && this.#isHere(row)) {
						postGone(row);
					}
				},
			}),
			...(reactions === undefined
				? []
				: [listen(reactions.rows, guard, { inserted: reacted, deleted: reacted })]),
		];
	}

	get room(): number {
		return this.#room;
	}

	get head(): number {
		return this.#head;
	}

	/** Loads the newest pages, or those that were read before if they are still worth it. */
	async open({ before, isAtLatest }: OpenRequest): Promise<ReadNow<RoomSnapshot>> {
		const head = this.#head;
		const window = openingPages(this.#tables.first, head, before, isAtLatest);
		const loading = window.pages.map((page) => this.load(page));
		// Behind them on the line: what is shown does not wait for what is ahead of it.
		this.#hold(this.#ahead());
		await Promise.all(loading);
		return () => this.#readNow(window, head);
	}

	/** @param asked the newest page when the window's were asked for */
	#readNow(window: PageRange, asked: number): RoomSnapshot {
		this.#isOpen = true;
		// Said while the pages were on their way: the head may have been told of it, or the row alone.
		const said = this.#rows((page) => page > this.#head).map(({ page }) => page);
		this.#head = Math.max(this.#head, ...said);
		const newer = range(asked + 1, this.#head);
		const pages = window.isLive ? [...window.pages, ...newer].slice(-MAX_PAGES) : window.pages;
		this.#hold([...range(asked, this.#head), ...this.#ahead()]);
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

	/** By halves: the first row of a page tells its time. */
	async pageAt(sentMs: number): Promise<number> {
		let [low, high] = [this.#tables.first, this.#head];
		while (low < high) {
			const middle = Math.ceil((low + high) / 2);
			const [row] = await this.#sources.ask(
				`${this.#query(this.#tables.name, "sent", middle)}${this.#tables.andMine} LIMIT 1`,
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
		const { name, andMine } = this.#tables;
		const rows = await this.#sources.ask(`${this.#query(name, POST_COLUMNS, page)}${andMine}`);
		return rows.map((row) => postRow(readSqlPost(row))).sort((a, b) => a.order - b.order);
	}

	/** Another room is looked at, or the link is gone. */
	cut(): void {
		this.#isOpen = false;
		this.#subscriptions.keep(() => false);
		this.#subscriptions.cut();
		for (const unlisten of this.#unlisten) {
			unlisten();
		}
	}

	/** The newest page is known to be this one, or a later one. */
	follow(head: number): void {
		if (!this.#isOpen) {
			this.#head = Math.max(this.#head, head);
		} else if (head > this.#head) {
			const before = this.#head;
			this.#head = head;
			this.#sources.events.headMoved(range(before + 1, head));
			this.#hold([...range(before, head), ...this.#ahead()]);
		}
	}

	/** What somebody else quotes. Rejects when there is no answer. */
	async quoted(seq: number): Promise<QuotedRow | undefined> {
		const { name, andMine } = this.#tables;
		const query = `SELECT ${POST_COLUMNS} FROM ${name} WHERE room = ${this.#room} AND seq = ${seq}`;
		const [row] = await this.#sources.ask(query + andMine);
		if (row === undefined) {
			return undefined;
		}
		const { sender, text, gone } = readSqlPost(row);
		return { sender, text, isGone: gone !== undefined };
	}

	#query(table: string, what: string, page: number): string {
		const key = (BigInt(this.#room) << ROOM_SHIFT) | BigInt(page);
		return `SELECT ${what} FROM ${table} WHERE page = ${key}`;
	}

	#isHere(row: { readonly room: number }): boolean {
		return this.#isOpen && row.room === this.#room && this.#tables.isMine(row);
	}

	/** The rows of some of the pages in the SDK's cache. */
	#rows(isWanted: (page: number) => boolean): MessageRow[] {
		const posts = [...this.#tables.posts.iter()].filter(
			(post) =>
				post.room === this.#room && isWanted(pageInRoom(post.page)) && this.#tables.isMine(post),
		);
		const reactions = this.#reactionsBySeq();
		return posts.map((post) => readPost(post, reactions.get(post.seq)));
	}

	#read(row: PostRow): MessageRow {
		return readPost(row, this.#reactionsBySeq(row.seq).get(row.seq));
	}

	/** The reactions to the room's posts that are held, or to one of them, in the order they came. */
	#reactionsBySeq(only?: bigint): Map<bigint, PostReaction[]> {
		const bySeq = new Map<bigint, PostReaction[]>();
		for (const row of this.#tables.reactions?.rows.iter() ?? []) {
			const isWanted = row.room === this.#room && (only === undefined || row.seq === only);
			if (isWanted && this.#tables.isMine(row)) {
				const facts = bySeq.get(row.seq) ?? [];
				facts.push({ emoji: row.emoji, who: hexOf(row.who) });
				bySeq.set(row.seq, facts);
			}
		}
		return bySeq;
	}

	#reacted(seq: bigint): void {
		for (const row of this.#tables.posts.iter()) {
			if (row.seq === seq && this.#isHere(row)) {
				this.#sources.events.messageChanged(this.#read(row));
			}
		}
	}

	#arrived(row: MessageRow): void {
		// The row may be told before the head that it moved.
		this.follow(row.page);
		this.#sources.events.messageArrived(row);
	}

	/** Holds pages. What was said there before they were held arrives when they are here. */
	#hold(pages: readonly number[]): void {
		for (const page of pages.filter((one) => !this.#subscriptions.holds(one))) {
			// Where no row tells the head, a page that is full already is the only sign of those behind it.
			void this.load(page).then((isHere) =>
				this.#sources.guard(() => {
					// Before the room is open they are read with all others.
					for (const row of isHere && this.#isOpen ? this.rowsOf([page]) : []) {
						this.#arrived(row);
					}
				}),
			);
		}
	}

	#ahead(): number[] {
		return range(this.#head + 1, this.#head + PAGES_AHEAD);
	}
}

/** A page without its room. */
export function pageInRoom(page: bigint): number {
	return Number(BigInt.asUintN(Number(ROOM_SHIFT), page));
}
