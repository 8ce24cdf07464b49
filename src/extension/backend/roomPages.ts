import type { HistoryWindow } from "../history/historyWindow";
import { MAX_PAGES } from "../history/historyWindow";
import type { MessageRow, OpenWish, Pages } from "./backend";
import { isDeleted, isLive } from "./liveRow";
import { PageSubscriptions } from "./pageSubscriptions";
import { postKey, postRow, readPost } from "./rows";
import { readSqlPost, readSqlTime } from "./sqlRows";
import type { BackendSources } from "./tutorialParts";

/** Pages behind the newest on opening. */
const PAGES_BEHIND = 2;
/** Empty pages that are held ahead: at 2,000 messages a second none comes late (server 1.3.0). */
const PAGES_AHEAD = 4;
/** `page` has the room in its high 32 bits (`server/src/post.rs`). */
const ROOM_SHIFT = 32n;

/** One room's posts in a database of ours, by pages of 128. */
export class RoomPages implements Pages {
	readonly #sources: BackendSources;
	readonly #room: number;
	readonly #subscriptions: PageSubscriptions;
	#head = 0;
	#isOpen = false;

	constructor(sources: BackendSources, room: number) {
		this.#sources = sources;
		this.#room = room;
		const { connection, events, guard, failed } = sources;
		this.#subscriptions = new PageSubscriptions({
			connection,
			guard,
			failed,
			queryOf: (page) => this.#query("*", page),
		});
		const { post, roomHead } = connection.db;
		roomHead.onUpdate((_context, _before, row) =>
			guard(() => {
				if (row.room === room && this.#isOpen) {
					this.#follow(pageInRoom(row.page));
				}
			}),
		);
		post.onInsert((context, row) =>
			guard(() => {
				if (isLive(context) && this.#isOpen && row.room === room) {
					this.#arrived(readPost(row));
				}
			}),
		);
		post.onDelete((context, row) =>
			guard(() => {
				if (isDeleted(context) && this.#isOpen && row.room === room) {
					events.messageGone(postKey(row));
				}
			}),
		);
	}

	get head(): number {
		return this.#head;
	}

	/** Loads the newest pages, or those that were read before if they are still worth it. */
	async open({ before, isAtLatest }: OpenWish): Promise<{
		readonly messages: readonly MessageRow[];
		readonly window: HistoryWindow;
	}> {
		this.#head = this.#knownHead();
		const window = openingWindow(this.#head, before, isAtLatest);
		await Promise.all([...window.pages, ...this.#ahead()].map((page) => this.load(page)));
		this.#isOpen = true;
		// Said while the pages were on their way.
		const said = this.#rows((page) => page > this.#head).map(({ page }) => page);
		const grown = Math.max(this.#head, this.#knownHead(), ...said);
		const newer = range(this.#head + 1, grown);
		const pages = window.isLive ? [...window.pages, ...newer].slice(-MAX_PAGES) : window.pages;
		this.#head = grown;
		this.#holdAhead();
		const here = new Set(pages);
		return {
			messages: this.#rows((page) => here.has(page)),
			window: { ...window, pages },
		};
	}

	olderThan(page: number): Promise<number | undefined> {
		return Promise.resolve(page > 0 ? page - 1 : undefined);
	}

	newerThan(page: number): Promise<number | undefined> {
		return Promise.resolve(page < this.#head ? page + 1 : undefined);
	}

	/** By halves: the first row of a page tells its time. */
	async pageAt(sentMs: number): Promise<number> {
		let [low, high] = [0, this.#head];
		while (low < high) {
			const middle = Math.ceil((low + high) / 2);
			const [row] = await this.#sources.ask(`${this.#query("sent", middle)} LIMIT 1`);
			if (row === undefined || readSqlTime(row) > sentMs * 1_000) {
				high = middle - 1;
			} else {
				low = middle;
			}
		}
		return low;
	}

	async load(page: number): Promise<readonly MessageRow[] | undefined> {
		return (await this.#subscriptions.load(page))
			? this.#rows((other) => other === page)
			: undefined;
	}

	keep(pages: readonly number[]): void {
		const wanted = new Set([...pages, this.#head, ...this.#ahead()]);
		this.#subscriptions.keep((page) => wanted.has(page));
	}

	async read(page: number): Promise<readonly MessageRow[]> {
		const rows = await this.#sources.ask(this.#query("*", page));
		return rows.map((row) => postRow(readSqlPost(row))).sort((a, b) => a.order - b.order);
	}

	cut(): void {
		this.#isOpen = false;
		this.#subscriptions.cut();
	}

	#query(what: string, page: number): string {
		const key = (BigInt(this.#room) << ROOM_SHIFT) | BigInt(page);
		return `SELECT ${what} FROM post WHERE page = ${key}`;
	}

	#knownHead(): number {
		for (const { room, page } of this.#sources.connection.db.roomHead.iter()) {
			if (room === this.#room) {
				return pageInRoom(page);
			}
		}
		return 0;
	}

	/** The rows of some of the pages in the SDK's cache. */
	#rows(isWanted: (page: number) => boolean): MessageRow[] {
		const posts = [...this.#sources.connection.db.post.iter()];
		return posts
			.filter((post) => post.room === this.#room && isWanted(pageInRoom(post.page)))
			.map(readPost);
	}

	#arrived(row: MessageRow): void {
		// The row may be told before the head that it moved.
		this.#follow(row.page);
		this.#sources.events.messageArrived(row);
	}

	#follow(head: number): void {
		if (head > this.#head) {
			const newer = range(this.#head + 1, head);
			this.#head = head;
			this.#sources.events.headMoved(newer);
			this.#holdAhead();
		}
	}

	/** Holds the newest page and those ahead. What was said there before it was held arrives now. */
	#holdAhead(): void {
		const { guard, events } = this.#sources;
		for (const page of [this.#head, ...this.#ahead()]) {
			if (!this.#subscriptions.holds(page)) {
				void this.load(page).then((rows) =>
					guard(() => rows?.forEach((row) => events.messageArrived(row))),
				);
			}
		}
	}

	#ahead(): number[] {
		return range(this.#head + 1, this.#head + PAGES_AHEAD);
	}
}

/** The pages to open with, when `head` is the newest. */
function openingWindow(
	head: number,
	before: HistoryWindow | undefined,
	isAtLatest: boolean,
): HistoryWindow {
	const first = before?.pages[0];
	if (before === undefined || first === undefined || isAtLatest || first > head) {
		const pages = range(Math.max(0, head - PAGES_BEHIND), head);
		return { pages, hasOlder: (pages[0] ?? 0) > 0, isLive: true };
	}
	// Somebody reads further up: there, and on to the newest if the window can hold it.
	const last = Math.min(head, before.pages.at(-1) ?? head);
	const isLive = before.isLive && head - first < MAX_PAGES;
	return { pages: range(first, isLive ? head : last), hasOlder: first > 0, isLive };
}

function pageInRoom(page: bigint): number {
	return Number(BigInt.asUintN(Number(ROOM_SHIFT), page));
}

function range(from: number, to: number): number[] {
	return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}
