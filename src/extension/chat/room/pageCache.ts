import { LOBBY } from "../../../shared/room";
import type { Backend, MessageRow, OpenRequest, Pages, RoomSnapshot } from "../backend";
import type { ChatStore } from "./chatStore";
import type { Log } from "../../platform/log";
import type { PageRange } from "./pageRange";
import { NO_PAGES, withHead, withNewer, withOlder } from "./pageRange";

/** An end of the window at which history is being loaded. */
export type LoadingEnd = "older" | "newer";

/** Pages that are asked for and not shown yet. They are not let go of meanwhile. */
interface Coming {
	readonly pages: readonly number[];
	/** The newest pages that were begun since. */
	readonly begun: number[];
}

/**
 * Which part of the history is loaded: moves the window over the pages, and brings the store the rows.
 * A wish while there is no connection is met when there is one.
 */
export class PageCache {
	readonly #store: ChatStore;
	readonly #log: Pick<Log, "error">;
	#window: PageRange = NO_PAGES;
	#backend: Backend | undefined;
	/** Grows with every link and every jump: what was asked for before is not wanted any more. */
	#generation = 0;
	readonly #loading = new Set<LoadingEnd>();
	readonly #comings = new Set<Coming>();
	/** Whether the reader follows what is said. */
	isReaderAtLatest = true;
	#room = LOBBY;
	/** Where one was in other rooms. */
	readonly #left = new Map<number, PageRange>();

	constructor(store: ChatStore, log: Pick<Log, "error">) {
		this.#store = store;
		this.#log = log;
	}

	get window(): PageRange {
		return this.#window;
	}

	isLoading(end: LoadingEnd): boolean {
		return this.#loading.has(end);
	}

	/** What a new link is asked to begin with. */
	openRequest(sinceMs: number | undefined): OpenRequest {
		const before = this.#window.pages.length > 0 ? this.#window : undefined;
		return { room: this.#room, before, isAtLatest: this.isReaderAtLatest, sinceMs };
	}

	/** Goes to another room, to where one was there. */
	enter(room: number): void {
		this.#left.set(this.#room, this.#window);
		this.#room = room;
		this.#window = this.#left.get(room) ?? NO_PAGES;
		this.#generation++;
		this.#loading.clear();
	}

	/** Another database: pages of the old one mean nothing there. */
	forget(): void {
		this.#window = NO_PAGES;
		this.#left.clear();
		this.isReaderAtLatest = true;
	}

	applied(backend: Backend, { window, roomId }: RoomSnapshot): void {
		this.#backend = backend;
		this.#room = roomId;
		this.#generation++;
		this.#window = window;
		const wanted = [...this.#loading];
		this.#loading.clear();
		for (const end of wanted) {
			void this.grow(end);
		}
	}

	cut(): void {
		this.#backend = undefined;
		this.#generation++;
	}

	/** The newest page moved on. */
	headMoved(pages: readonly number[]): void {
		for (const { begun } of this.#comings) {
			begun.push(...pages);
		}
		this.#show(withHead(this.#window, pages, this.isReaderAtLatest), []);
	}

	holds(page: number): boolean {
		return this.#window.pages.includes(page);
	}

	/** Loads the next page at an end, if there is one. Repeating it while it is loading is harmless. */
	async grow(end: LoadingEnd): Promise<void> {
		const isAtEnd = end === "older" ? !this.#window.hasOlder : this.#window.isLive;
		if (this.#loading.has(end) || isAtEnd) {
			return;
		}
		this.#loading.add(end);
		this.#store.edgesChanged();
		const backend = this.#backend;
		const edge = end === "older" ? this.#window.pages[0] : this.#window.pages.at(-1);
		if (backend === undefined || edge === undefined) {
			return;
		}
		const isStale = this.#staleness();
		try {
			const { pages } = backend;
			const page = await (end === "older" ? pages.olderThan(edge) : pages.newerThan(edge));
			const wanted = page === undefined || isStale() ? [] : [page];
			await this.#fetched(wanted, pages, () => {
				if (isStale()) {
					return false;
				}
				const grown =
					end === "older"
						? withOlder(this.#window, page, this.isReaderAtLatest)
						: withNewer(this.#window, page, pages.head);
				this.#show(grown, pages.rowsOf(wanted));
				return true;
			});
		} catch (error) {
			this.#log.error("Earlier messages could not be loaded", error);
		} finally {
			if (!isStale()) {
				this.#loading.delete(end);
				this.#store.edgesChanged();
			}
		}
	}

	/** Goes to what was said last. */
	async openLatest(): Promise<void> {
		if (!this.#window.isLive && this.#backend !== undefined) {
			await this.#openAt(this.#backend.pages.head, true);
		}
	}

	/** Goes to what was said at a time, in milliseconds since the epoch. `false`: that can't be now. */
	async openAtTime(sentMs: number): Promise<boolean> {
		const backend = this.#backend;
		return backend !== undefined && this.#openAt(await backend.pages.pageAt(sentMs), false);
	}

	/** Goes to a page and its neighbours. `false`: that can't be now. */
	async openAtPage(page: number): Promise<boolean> {
		return this.holds(page) || this.#openAt(page, false);
	}

	/**
	 * Goes back to a window that has moved on, as long as that is wanted when its pages have come.
	 * Without a connection nothing happens. Never rejects.
	 */
	async reopen({ pages, hasOlder }: PageRange, isWanted: () => boolean): Promise<void> {
		const backend = this.#backend;
		if (backend === undefined) {
			return;
		}
		const isStale = this.#beginAnew();
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
		const isStale = this.#beginAnew();
		const { pages } = backend;
		const older = await pages.olderThan(page);
		const newer = await pages.newerThan(page);
		const around = [older, page, newer].filter((one) => one !== undefined);
		return this.#open(pages, around, older !== undefined, isForLatest, () => !isStale());
	}

	/** What was asked for before is not wanted any more. Tells whether that is so of what is asked now. */
	#beginAnew(): () => boolean {
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
		return this.#fetched(wanted, pages, (begun) => {
			if (!isWanted()) {
				return false;
			}
			const window = withHead({ pages: wanted, hasOlder, isLive }, begun, isForLatest);
			this.#show(window, pages.rowsOf(window.pages));
			return true;
		});
	}

	/**
	 * Asks for pages, and shows them once all are here, with nothing awaited between. `false`: not all
	 * came, or they were not shown.
	 * @param show is told which pages were begun behind the newest meanwhile; `false`: it shows nothing
	 */
	async #fetched(
		wanted: readonly number[],
		pages: Pages,
		show: (begun: readonly number[]) => boolean,
	): Promise<boolean> {
		const coming: Coming = { pages: wanted, begun: [] };
		this.#comings.add(coming);
		try {
			const areHere = await Promise.all(wanted.map((page) => pages.load(page)));
			return areHere.every(Boolean) && show(coming.begun);
		} finally {
			this.#comings.delete(coming);
		}
	}

	#staleness(): () => boolean {
		const generation = this.#generation;
		return () => generation !== this.#generation;
	}

	#show(window: PageRange, rows: readonly MessageRow[]): void {
		if (window !== this.#window || rows.length > 0) {
			this.#window = window;
			this.#store.showWindow(window, rows);
			const coming = [...this.#comings].flatMap(({ pages }) => pages);
			this.#backend?.pages.keep([...window.pages, ...coming]);
		}
	}
}
