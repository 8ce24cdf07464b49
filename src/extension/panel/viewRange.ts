import type { ChatChange, Edge, Edges, Entry, Message, SortKey } from "../../shared/chat";
import type { Person } from "../../shared/person";
import { compareEntries, MAX_VIEW_ENTRIES, sendersOf } from "../../shared/chat";
import type { ChatStore } from "../chat/room/chatStore";
import type { PageCache, LoadingEnd } from "../chat/room/pageCache";
import { NO_PAGES } from "../chat/room/pageRange";

/** Entries that come, and at the other end go, when the reader nears an end. */
const STEP = 100;
/** Messages outside its part that a view is told of at once, beside those for oneself. */
const MAX_TOLD_BELOW = 50;
/** With fewer entries than this beyond an end, the next page is loaded before it is asked for. */
const PREFETCH = 150;

/**
 * The part of the log that the view has, and how it came to be another one. It ends with what was said
 * last while the reader is there, and stays where it is while somebody reads further up.
 */
export class ViewRange {
	readonly #store: ChatStore;
	readonly #history: PageCache;
	readonly #touched: () => void;
	/** Where it begins; `undefined`: it ends with what was said last. */
	#from: SortKey | undefined;
	#room: number;
	/** Where the reader was in other rooms. */
	readonly #left = new Map<number, SortKey | undefined>();
	#shown = new Map<string, Entry>();
	#edges: Edges = { older: "none", newer: "none" };
	/** The pages that the last picture was made of. */
	#pages = NO_PAGES;
	/** Runs while the pages of the last picture, which are gone, are loaded again. */
	#returning: Promise<void> | undefined;
	readonly #told = new Set<string>();
	#heard: Message[] = [];

	/** @param touched is told when the view should be told of changes */
	constructor(store: ChatStore, history: PageCache, touched: () => void) {
		this.#store = store;
		this.#room = store.roomId;
		this.#history = history;
		this.#touched = touched;
	}

	/** Everything, for a view that has nothing. */
	all(): { entries: readonly Entry[]; edges: Edges; people: readonly Person[] } {
		const { entries, edges } = this.#look();
		this.#heard = [];
		this.#showed(entriesByKey(entries), edges);
		const people = this.#store.peopleIn(entries);
		this.#told.clear();
		this.#tell(people);
		return { entries, edges, people };
	}

	/** What makes of the last picture the one that should be seen now. */
	changes(): ChatChange[] {
		if (this.#returning !== undefined) {
			// What is read is not taken away meanwhile.
			return [];
		}
		const { entries, edges } = this.#look();
		const next = entriesByKey(entries);
		const upserts = entries.filter((entry) => this.#shown.get(entry.key) !== entry);
		const removed = [...this.#shown.keys()].filter((key) => !next.has(key));
		const below = this.#heard.filter(({ key }) => !next.has(key));
		const messages = below.filter(
			({ post }, index) => post?.isForMe === true || index >= below.length - MAX_TOLD_BELOW,
		);
		const isSameEdges = edges.older === this.#edges.older && edges.newer === this.#edges.newer;
		this.#heard = [];
		this.#showed(next, edges);
		const people = this.#untold([...upserts, ...messages]);
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

	/** Something was said just now: news also for a view that has not the place where it stands. */
	heard(message: Message): void {
		this.#heard.push(message);
	}

	/** Another database: there is no place to keep. */
	reset(): void {
		this.#left.clear();
		this.#goTo(undefined);
	}

	/** Goes to a room, to where the reader was there. */
	enter(room: number): void {
		if (room !== this.#room) {
			this.#left.set(this.#room, this.#from);
			this.#room = room;
			this.#goTo(this.#left.get(room));
		}
	}

	/**
	 * A view begins. But for a reader who goes on at an earlier place, which must stay in the window, it
	 * begins at the end of what it is given, and may be at the latest so.
	 */
	opened(isReading: boolean): void {
		if (!isReading && this.#look().edges.newer === "none") {
			this.#goTo(undefined);
		}
	}

	/**
	 * The reader of a room came to the end of what was said last, or left it. That counts for what the
	 * view had on its screen then: more may have been said since. If that is more than the history's
	 * window took in, the view will be told so, and ask for the latest. Word of another room is late.
	 */
	scrolled(room: number, isAtLatest: boolean): void {
		if (room !== this.#store.roomId) {
			return;
		}
		if (isAtLatest) {
			if (this.#history.window.isLive) {
				this.#goTo(undefined);
			}
		} else if (this.#from === undefined) {
			const [first] = this.#shown.values();
			this.#goTo(first);
			if (first !== undefined && this.#isGone(first)) {
				this.#return(first);
			}
		}
	}

	/** In a flood more may have been said than is held until it is heard that the reader stopped. */
	#isGone(place: SortKey): boolean {
		const [oldest] = this.#store.timeline();
		return oldest !== undefined && compareEntries(oldest, place) > 0;
	}

	#return(place: SortKey): void {
		const isWanted = () => this.#from === place;
		const returning = this.#history.reopen(this.#pages, isWanted).then(() => {
			// Whoever came to the end and stopped again waits for the second time.
			if (this.#returning === returning) {
				this.#returning = undefined;
			}
			this.#touched();
		});
		this.#returning = returning;
	}

	/** Moves the window of a room on; nothing happens if it was left, or its reader went elsewhere. */
	async load(room: number, end: LoadingEnd): Promise<void> {
		await this.#returning;
		if (room !== this.#store.roomId) {
			return;
		}
		const before = this.#look();
		if (end === "older" && this.#from === undefined) {
			// A reader at the latest stays there, and sees 400 entries where there are so many. Whoever goes
			// further up has left the end before.
			if (before.start === 0) {
				await this.#history.grow(end);
			}
			this.#touched();
			return;
		}
		const [pin] = before.entries;
		this.#goTo(pin);
		const isAtEdge = end === "older" ? before.start === 0 : before.end === before.length;
		if (isAtEdge) {
			await this.#history.grow(end);
			if (this.#store.roomId !== room || this.#from !== pin) {
				this.#touched();
				return;
			}
		}
		const { start, end: last, length, timeline } = this.#look();
		const latest = Math.max(0, length - MAX_VIEW_ENTRIES);
		const next = end === "older" ? Math.max(0, start - STEP) : Math.min(latest, start + STEP);
		this.#goTo(timeline[next]);
		this.#touched();
		const left = end === "older" ? next : length - Math.max(last, next + MAX_VIEW_ENTRIES);
		if (left < PREFETCH) {
			await this.#history.grow(end);
		}
	}

	async goToLatest(): Promise<void> {
		this.#goTo(undefined);
		await this.#history.openLatest();
		// Meanwhile the view may have said that it was not there.
		this.#goTo(undefined);
	}

	/** Puts the first message from a place in the log on into the middle, and gives its key. */
	centre(isThere: (message: Message) => boolean): string | undefined {
		const timeline = this.#store.timeline();
		const index = timeline.findIndex((entry) => entry.kind === "message" && isThere(entry));
		if (index < 0) {
			return undefined;
		}
		const room = Math.max(0, timeline.length - MAX_VIEW_ENTRIES);
		this.#goTo(timeline[Math.min(room, Math.max(0, index - MAX_VIEW_ENTRIES / 2))]);
		return timeline[index]?.key;
	}

	/** Takes note of a picture that the view is given. */
	#showed(entries: Map<string, Entry>, edges: Edges): void {
		this.#shown = entries;
		this.#edges = edges;
		this.#pages = this.#history.window;
	}

	#goTo(from: SortKey | undefined): void {
		this.#from = from;
		this.#history.isReaderAtLatest = from === undefined;
	}

	#look() {
		const timeline = this.#store.timeline();
		const { length } = timeline;
		const from = this.#from;
		const start =
			from === undefined
				? Math.max(0, length - MAX_VIEW_ENTRIES)
				: timeline.findIndex((entry) => compareEntries(entry, from) >= 0);
		const first = start < 0 ? Math.max(0, length - MAX_VIEW_ENTRIES) : start;
		const end = Math.min(length, first + MAX_VIEW_ENTRIES);
		const { hasOlder, isLive } = this.#history.window;
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
		return isMoreThere ? (this.#history.isLoading(end) ? "loading" : "more") : "none";
	}

	#untold(entries: readonly Entry[]): Person[] {
		const people = [...sendersOf(entries)]
			.filter((identity) => !this.#told.has(identity))
			.flatMap((identity) => this.#store.person(identity) ?? []);
		this.#tell(people);
		return people;
	}

	#tell(people: readonly Person[]): void {
		for (const { identity } of people) {
			this.#told.add(identity);
		}
	}
}

function entriesByKey(entries: readonly Entry[]): Map<string, Entry> {
	return new Map(entries.map((entry) => [entry.key, entry]));
}
