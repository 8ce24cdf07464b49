import type { Log } from "../../platform/log";
import type { Backend, MessageRow, PageRange, Pages } from "../backend";
import { withHead, withNewer, withOlder } from "./pageRange";
import type { RoomLog } from "./roomLog";

/** An end of the loaded range, at which pages are loaded. */
export type LoadingEnd = "older" | "newer";

/** Pages that were requested and are not shown yet; the backend must not drop them. */
interface IncomingPages {
	readonly pages: readonly number[];
	/** Pages that the room began since the request, in order. */
	readonly begun: number[];
}

/**
 * The pages of the open room that are loaded: moves the range over the pages, and shows their rows in the
 * log. Without a connection, a request waits for the next one.
 */
export class PageCache {
	readonly #roomLog: RoomLog;
	readonly #isReaderAtLatest: () => boolean;
	readonly #log: Pick<Log, "error">;
	#backend: Backend | undefined;
	/** Grows with every connection and every jump; an answer to a request of before is dropped. */
	#generation = 0;
	readonly #loading = new Set<LoadingEnd>();
	readonly #incoming = new Set<IncomingPages>();

	/** @param isReaderAtLatest true while the reader follows the latest messages */
	constructor(roomLog: RoomLog, isReaderAtLatest: () => boolean, log: Pick<Log, "error">) {
		this.#roomLog = roomLog;
		this.#isReaderAtLatest = isReaderAtLatest;
		this.#log = log;
	}

	get range(): PageRange {
		return this.#roomLog.range;
	}

	isLoading(end: LoadingEnd): boolean {
		return this.#loading.has(end);
	}

	/** Loads from this backend from now on, first what was requested while there was none. */
	attach(backend: Backend): void {
		this.#backend = backend;
		this.#generation++;
		const requested = [...this.#loading];
		this.#loading.clear();
		for (const end of requested) {
			void this.grow(end);
		}
	}

	detach(): void {
		this.#backend = undefined;
		this.#generation++;
	}

	/** @param pages pages that the room began behind the newest one, in order */
	pagesBegun(pages: readonly number[]): void {
		for (const { begun } of this.#incoming) {
			begun.push(...pages);
		}
		this.#show(withHead(this.range, pages, this.#isReaderAtLatest()), []);
	}

	holds(page: number): boolean {
		return this.range.pages.includes(page);
	}

	/** Loads the next page at an end, if there is one. Repeated calls while it is loading do nothing. */
	async grow(end: LoadingEnd): Promise<void> {
		const isAtEnd = end === "older" ? !this.range.hasOlder : this.range.isLive;
		if (this.#loading.has(end) || isAtEnd) {
			return;
		}
		this.#loading.add(end);
		this.#roomLog.logChanged();
		const backend = this.#backend;
		const edge = end === "older" ? this.range.pages[0] : this.range.pages.at(-1);
		if (backend === undefined || edge === undefined) {
			return;
		}
		const isStale = this.#staleness();
		try {
			const { pages } = backend;
			const page = await (end === "older" ? pages.olderThan(edge) : pages.newerThan(edge));
			const wanted = page === undefined || isStale() ? [] : [page];
			await this.#load(wanted, pages, () => {
				if (isStale()) {
					return false;
				}
				const grown =
					end === "older"
						? withOlder(this.range, page, this.#isReaderAtLatest())
						: withNewer(this.range, page, pages.head);
				this.#show(grown, pages.rowsOf(wanted));
				return true;
			});
		} catch (error) {
			this.#log.error("The next page could not be loaded", error);
		} finally {
			if (!isStale()) {
				this.#loading.delete(end);
				this.#roomLog.logChanged();
			}
		}
	}

	/** Goes to the latest messages. */
	async openLatest(): Promise<void> {
		if (!this.range.isLive && this.#backend !== undefined) {
			await this.#openAt(this.#backend.pages.head, true);
		}
	}

	/** Goes to a time, in milliseconds since the epoch. Returns false where it could not be loaded. */
	async openAtTime(sentMs: number): Promise<boolean> {
		const backend = this.#backend;
		return backend !== undefined && this.#openAt(await backend.pages.pageAt(sentMs), false);
	}

	/** Goes to a page and its neighbours. Returns false where they could not be loaded. */
	async openAtPage(page: number): Promise<boolean> {
		return this.holds(page) || this.#openAt(page, false);
	}

	/**
	 * Goes back to an earlier range, if `isWanted` is still true when its pages are loaded. Does nothing
	 * without a connection. Never rejects.
	 */
	async reopen({ pages, hasOlder }: PageRange, isWanted: () => boolean): Promise<void> {
		const backend = this.#backend;
		if (backend === undefined) {
			return;
		}
		const isStale = this.#restart();
		try {
			await this.#open(backend.pages, pages, hasOlder, false, () => isWanted() && !isStale());
		} catch (error) {
			this.#log.error("What was read could not be loaded again", error);
		}
	}

	async #openAt(page: number, isForLatest: boolean): Promise<boolean> {
		const backend = this.#backend;
		if (backend === undefined) {
			return false;
		}
		const isStale = this.#restart();
		const { pages } = backend;
		const older = await pages.olderThan(page);
		const newer = await pages.newerThan(page);
		const around = [older, page, newer].filter((one) => one !== undefined);
		return this.#open(pages, around, older !== undefined, isForLatest, () => !isStale());
	}

	/** Drops all requests under way. Returns a check that tells whether the new one was dropped too. */
	#restart(): () => boolean {
		this.#generation++;
		this.#loading.clear();
		return this.#staleness();
	}

	async #open(
		pages: Pages,
		wanted: readonly number[],
		hasOlder: boolean,
		isForLatest: boolean,
		isWanted: () => boolean,
	): Promise<boolean> {
		const isLive = wanted.at(-1) === pages.head;
		return this.#load(wanted, pages, (begun) => {
			if (!isWanted()) {
				return false;
			}
			const range = withHead({ pages: wanted, hasOlder, isLive }, begun, isForLatest);
			this.#show(range, pages.rowsOf(range.pages));
			return true;
		});
	}

	/**
	 * Loads pages, and shows them once all are loaded, with nothing awaited between. Returns false where
	 * not all could be loaded, or `show` refused them.
	 *
	 * @param show takes the pages that the room began meanwhile; returns false to show nothing
	 */
	async #load(
		wanted: readonly number[],
		pages: Pages,
		show: (begun: readonly number[]) => boolean,
	): Promise<boolean> {
		const incoming: IncomingPages = { pages: wanted, begun: [] };
		this.#incoming.add(incoming);
		try {
			const areLoaded = await Promise.all(wanted.map((page) => pages.load(page)));
			return areLoaded.every(Boolean) && show(incoming.begun);
		} finally {
			this.#incoming.delete(incoming);
		}
	}

	#staleness(): () => boolean {
		const generation = this.#generation;
		return () => generation !== this.#generation;
	}

	#show(range: PageRange, rows: readonly MessageRow[]): void {
		if (range !== this.range || rows.length > 0) {
			this.#roomLog.showRange(range, rows);
			const incoming = [...this.#incoming].flatMap(({ pages }) => pages);
			this.#backend?.pages.keep([...range.pages, ...incoming]);
		}
	}
}
