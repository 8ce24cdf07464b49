import type { ChatChange, Edge, Edges, Entry, Message, SortKey } from "../../shared/chat";
import type { Person } from "../../shared/person";
import { compareEntries, MAX_VIEW_ENTRIES, sendersOf } from "../../shared/chat";
import type { People } from "../chat/people";
import type { OpenRoom } from "../chat/room/openRoom";
import type { LoadingEnd } from "../chat/room/pageCache";
import { NO_PAGES } from "../chat/room/pageRange";

/** Entries by which one request moves the range. */
const STEP = 100;
/** The most messages below its range that one change has, beside those for the user. */
const MAX_SENT_BELOW = 50;
/** With fewer entries than this beyond an end, the next page is loaded ahead of its request. */
const PREFETCH = 150;

/**
 * The entries of the open room that the view has, and the changes that lead from one such range to the
 * next. It ends with the latest message while the reader is there, and stays in place while the reader
 * is further up.
 */
export class ViewRange {
	readonly #room: OpenRoom;
	readonly #people: People;
	readonly #onTouched: () => void;
	#sent = new Map<string, Entry>();
	#edges: Edges = { older: "none", newer: "none" };
	/** The loaded pages when the view was last sent its entries. */
	#pagesWhenSent = NO_PAGES;
	/** Runs while the pages of `#pagesWhenSent` are loaded again after the room dropped them. */
	#reloading: Promise<void> | undefined;
	/** People whose rows the view has. */
	readonly #sentPeople = new Set<string>();
	#received: Message[] = [];

	/** @param onTouched called when `changes` may have something new */
	constructor(room: OpenRoom, people: People, onTouched: () => void) {
		this.#room = room;
		this.#people = people;
		this.#onTouched = onTouched;
	}

	/** Returns all entries of the range, for a view that has nothing. */
	all(): { entries: readonly Entry[]; edges: Edges; people: readonly Person[] } {
		const { entries, edges } = this.#slice();
		this.#received = [];
		this.#record(entriesByKey(entries), edges);
		const people = this.#people.neededFor(entries);
		this.#sentPeople.clear();
		this.#recordSent(people);
		return { entries, edges, people };
	}

	/** Returns the changes since the entries that the view was last sent. */
	changes(): ChatChange[] {
		if (this.#reloading !== undefined) {
			// The entries that the reader looks at stay until their pages are loaded again.
			return [];
		}
		const { entries, edges } = this.#slice();
		const next = entriesByKey(entries);
		const upserts = entries.filter((entry) => this.#sent.get(entry.key) !== entry);
		const removed = [...this.#sent.keys()].filter((key) => !next.has(key));
		const below = this.#received.filter(({ key }) => !next.has(key));
		const messages = below.filter(
			({ post }, index) => post?.isForMe === true || index >= below.length - MAX_SENT_BELOW,
		);
		const isSameEdges = edges.older === this.#edges.older && edges.newer === this.#edges.newer;
		this.#received = [];
		this.#record(next, edges);
		const people = this.#unsentPeople([...upserts, ...messages]);
		return [
			...(people.length > 0
				? [{ type: "peopleChanged" as const, upserts: people, removed: [] }]
				: []),
			...(upserts.length > 0 || removed.length > 0
				? [{ type: "entriesChanged" as const, upserts, removed }]
				: []),
			...(below.length > 0
				? [{ type: "arrivedBelow" as const, messages, others: below.length - messages.length }]
				: []),
			...(isSameEdges ? [] : [{ type: "edgesChanged" as const, edges }]),
		];
	}

	/** Takes a message that was just sent; the view hears of it even where it lies below its range. */
	received(message: Message): void {
		this.#received.push(message);
	}

	/**
	 * Starts a view. It begins at the end of its range, which may be the latest message, unless the reader
	 * goes on at an earlier entry, which must stay in the range.
	 */
	opened(isReading: boolean): void {
		if (!isReading && this.#slice().edges.newer === "none") {
			this.#goTo(undefined);
		}
	}

	/**
	 * Takes the view's report on whether the reader is at the latest message. The report counts for what
	 * the view had drawn then: more may have been sent since. Where that is more than the loaded pages
	 * hold, the next `changes` say so and the view requests the latest.
	 */
	scrolled(isAtLatest: boolean): void {
		if (isAtLatest) {
			if (this.#room.pages.range.isLive) {
				this.#goTo(undefined);
			}
		} else if (this.#room.viewStart === undefined) {
			const [first] = this.#sent.values();
			this.#goTo(first);
			if (first !== undefined && this.#isGone(first)) {
				this.#reload(first);
			}
		}
	}

	/** Returns true where a flood drove an entry out of the loaded pages before the view reported it. */
	#isGone(start: SortKey): boolean {
		const [oldest] = this.#room.log.timeline();
		return oldest !== undefined && compareEntries(oldest, start) > 0;
	}

	#reload(start: SortKey): void {
		const isWanted = () => this.#room.viewStart === start;
		const reloading = this.#room.pages.reopen(this.#pagesWhenSent, isWanted).then(() => {
			// A reader who followed the end and left it again waits for the second load.
			if (this.#reloading === reloading) {
				this.#reloading = undefined;
			}
			this.#onTouched();
		});
		this.#reloading = reloading;
	}

	/** Moves the range by one step, and loads pages for it. Does nothing if the reader went elsewhere. */
	async load(end: LoadingEnd): Promise<void> {
		await this.#reloading;
		const before = this.#slice();
		if (end === "older" && this.#room.viewStart === undefined) {
			// A reader at the latest message stays there, with up to 400 entries. A reader who goes up
			// reports that before.
			if (before.start === 0) {
				await this.#room.pages.grow(end);
			}
			this.#onTouched();
			return;
		}
		const [firstBefore] = before.entries;
		this.#goTo(firstBefore);
		const isAtEdge = end === "older" ? before.start === 0 : before.end === before.length;
		if (isAtEdge) {
			await this.#room.pages.grow(end);
			if (this.#room.viewStart !== firstBefore) {
				this.#onTouched();
				return;
			}
		}
		const { start, end: last, length, timeline } = this.#slice();
		const latest = Math.max(0, length - MAX_VIEW_ENTRIES);
		const next = end === "older" ? Math.max(0, start - STEP) : Math.min(latest, start + STEP);
		this.#goTo(timeline[next]);
		this.#onTouched();
		const left = end === "older" ? next : length - Math.max(last, next + MAX_VIEW_ENTRIES);
		if (left < PREFETCH) {
			await this.#room.pages.grow(end);
		}
	}

	async goToLatest(): Promise<void> {
		this.#goTo(undefined);
		await this.#room.pages.openLatest();
		// Meanwhile the view may have reported that its reader was not there.
		this.#goTo(undefined);
	}

	/** Moves the range so that the first matching message is in its middle; returns its key. */
	centre(matches: (message: Message) => boolean): string | undefined {
		const timeline = this.#room.log.timeline();
		const index = timeline.findIndex((entry) => entry.kind === "message" && matches(entry));
		if (index < 0) {
			return undefined;
		}
		const latest = Math.max(0, timeline.length - MAX_VIEW_ENTRIES);
		this.#goTo(timeline[Math.min(latest, Math.max(0, index - MAX_VIEW_ENTRIES / 2))]);
		return timeline[index]?.key;
	}

	/** Records the entries that the view is sent. */
	#record(entries: Map<string, Entry>, edges: Edges): void {
		this.#sent = entries;
		this.#edges = edges;
		this.#pagesWhenSent = this.#room.pages.range;
	}

	#goTo(from: SortKey | undefined): void {
		this.#room.viewStart = from;
	}

	#slice() {
		const timeline = this.#room.log.timeline();
		const { length } = timeline;
		const from = this.#room.viewStart;
		const start =
			from === undefined
				? Math.max(0, length - MAX_VIEW_ENTRIES)
				: timeline.findIndex((entry) => compareEntries(entry, from) >= 0);
		const first = start < 0 ? Math.max(0, length - MAX_VIEW_ENTRIES) : start;
		const end = Math.min(length, first + MAX_VIEW_ENTRIES);
		const { hasOlder, isLive } = this.#room.pages.range;
		const edges: Edges = {
			older: this.#edge("older", first > 0, hasOlder),
			newer: this.#edge("newer", end < length, !isLive),
		};
		return { timeline, start: first, end, length, entries: timeline.slice(first, end), edges };
	}

	#edge(end: LoadingEnd, isMoreHere: boolean, isMoreThere: boolean): Edge {
		if (isMoreHere) {
			return "more";
		}
		return isMoreThere ? (this.#room.pages.isLoading(end) ? "loading" : "more") : "none";
	}

	#unsentPeople(entries: readonly Entry[]): Person[] {
		const people = [...sendersOf(entries)]
			.filter((identity) => !this.#sentPeople.has(identity))
			.flatMap((identity) => this.#people.get(identity) ?? []);
		this.#recordSent(people);
		return people;
	}

	#recordSent(people: readonly Person[]): void {
		for (const { identity } of people) {
			this.#sentPeople.add(identity);
		}
	}
}

function entriesByKey(entries: readonly Entry[]): Map<string, Entry> {
	return new Map(entries.map((entry) => [entry.key, entry]));
}
