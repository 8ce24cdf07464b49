import type { SortKey } from "../../../shared/chat";
import { DisposableStore } from "../../platform/disposable";
import type { Log } from "../../platform/log";
import type { Backend, MessageRow, OpenRequest, PageRange, RoomSnapshot } from "../backend";
import type { Outbox } from "../outbox/outbox";
import { isForRoom } from "../outbox/outbox";
import type { People } from "../people";
import type { RoomStamp } from "../rooms";
import { RoomSearch } from "../search/search";
import { PageCache } from "./pageCache";
import { MAX_PAGES, NO_PAGES } from "./pageRange";
import { Quotes } from "./quotes";
import { RoomLog } from "./roomLog";

/** The position of a reader in a room, kept while another room is open. */
export interface ReadingPosition {
	/** The loaded pages. */
	readonly range: PageRange;
	/** The first entry of the view; `undefined` for a reader who follows the latest messages. */
	readonly viewStart: SortKey | undefined;
}

/** The position of a reader who never was in a room. */
const AT_LATEST: ReadingPosition = { range: NO_PAGES, viewStart: undefined };

/**
 * Owns everything that is true only of the open room: its log, its loaded pages, its quotes, its search.
 * The session makes one on entering a room and disposes it on leaving. Code that awaited something
 * compares its `OpenRoom` with the session's: a late answer for a room that was left changes nothing.
 */
export class OpenRoom extends DisposableStore {
	readonly id: number;
	/** Tells this room from a later one with the same id; absent until a connection reported it. */
	createdMicros: number | undefined;
	readonly log: RoomLog;
	readonly pages: PageCache;
	readonly search: RoomSearch;
	/** The first entry of the view; `undefined` while the reader follows the latest messages. */
	viewStart: SortKey | undefined;
	readonly #quotes = new Quotes((seq) => this.log.quoteChanged(seq));
	/** The pages that were loaded when the reader left this room last. */
	readonly #earlierRange: PageRange;
	#backend: Backend | undefined;

	constructor(
		{ id, createdMicros }: RoomStamp,
		people: People,
		log: Pick<Log, "error">,
		position = AT_LATEST,
	) {
		super();
		this.id = id;
		this.createdMicros = createdMicros;
		this.viewStart = position.viewStart;
		this.#earlierRange = position.range;
		this.log = this.register(new RoomLog(people, (seq) => this.#quotes.of(seq)));
		this.pages = new PageCache(this.log, () => this.viewStart === undefined, log);
		this.search = this.register(
			new RoomSearch(
				() => this.log.timeline(),
				() => this.#backend,
			),
		);
	}

	/** The position to come back to. */
	get position(): ReadingPosition {
		return { range: this.#rangeToOpen, viewStart: this.viewStart };
	}

	/** @param sinceMs how far back own pending messages may lie, in milliseconds since the epoch */
	openRequest(sinceMs: number | undefined): OpenRequest {
		const range = this.#rangeToOpen;
		return {
			room: this.id,
			before: range.pages.length > 0 ? range : undefined,
			isAtLatest: this.viewStart === undefined,
			maxPages: MAX_PAGES,
			sinceMs,
		};
	}

	/**
	 * Shows what the database has of this room; from here on its events go to this object.
	 *
	 * @param ownIds the client id of the own pending message that each row settles, by row key
	 */
	attach(
		backend: Backend,
		snapshot: RoomSnapshot,
		ownIds: ReadonlyMap<string, string> = new Map(),
	): void {
		const { roomsApi } = backend;
		this.#backend = backend;
		this.#quotes.load = roomsApi === undefined ? undefined : (seq) => roomsApi.quoted(seq);
		this.log.replace(snapshot, ownIds);
		this.pages.attach(backend);
	}

	/** Keeps the log while the connection is down. */
	detach(): void {
		this.#backend = undefined;
		this.#quotes.load = undefined;
		this.pages.detach();
	}

	messageChanged(row: MessageRow): void {
		this.#quotes.forget(row.order);
		this.log.messageChanged(row);
	}

	/** Shows the outbox entries that are for this room. */
	showOutbox(outbox: Outbox): void {
		this.log.showPending(outbox.filter((entry) => isForRoom(entry, this)));
	}

	override dispose(): void {
		this.detach();
		super.dispose();
	}

	get #rangeToOpen(): PageRange {
		return this.log.hasBacklog ? this.log.range : this.#earlierRange;
	}
}
