import { MAX_VIEW_ENTRIES, type Edges, type Entry, type Message } from "../../../src/shared/chat";
import type { ToWebview } from "../../../src/shared/protocol";
import type { ToHost } from "../../../src/shared/requests";
import { ADA, chat, GRACE, message, NOON_MS } from "../../webview/support/facts";

const PAGE = 128;
const TEXTS = [
	"ok",
	"The backlog opens in one page now. Can you try it on the big database?",
	"It used to take `6.5 s`.",
	"```ts\nconst page = pageOf(room, seq);\nawait this.#load(page);\n```",
	"one\ntwo\nthree",
	"Some **bold**, *italic* and a [link](https://example.com/).",
];

/** Message number `index` of a long talk: heads, runs of one author, lines of several heights. */
export function spoken(index: number, part: Partial<Message> = {}): Message {
	return message(`m${index}`, {
		order: index,
		sender: Math.floor(index / 3) % 2 === 0 ? ADA : GRACE,
		sentMs: NOON_MS + (index - 5_000) * 20_000,
		text: TEXTS[index % TEXTS.length]!,
		...part,
	});
}

/** A host with a talk of `length` messages, which gives the view a window of it. */
export class History {
	length: number;
	/** The window: from this message … */
	from: number;
	/** … up to and without this one. */
	to: number;

	constructor(length: number, from = Math.max(0, length - MAX_VIEW_ENTRIES), to = length) {
		this.length = length;
		this.from = from;
		this.to = to;
	}

	get edges(): Edges {
		return {
			older: this.from === 0 ? "none" : "more",
			newer: this.to === this.length ? "none" : "more",
		};
	}

	snapshot(seq = 1): ToWebview {
		const entries = Array.from({ length: this.to - this.from }, (_, at) => spoken(this.from + at));
		return { type: "snapshot", chat: chat({ seq, entries, edges: this.edges }) };
	}

	/** A page more at the upper end; what is too much goes at the lower one. */
	older(): ToWebview {
		const from = Math.max(0, this.from - PAGE);
		return this.#slide(from, Math.min(this.to, from + MAX_VIEW_ENTRIES));
	}

	/** A page more at the lower end. */
	newer(): ToWebview {
		const to = Math.min(this.length, this.to + PAGE);
		return this.#slide(Math.max(this.from, to - MAX_VIEW_ENTRIES), to);
	}

	/** Somebody says something: into the window, or below it. */
	live(isAttached = this.to === this.length): ToWebview {
		const said = spoken(this.length++);
		if (!isAttached) {
			return {
				type: "changes",
				seq: 0,
				changes: [
					{ type: "edgesChanged", edges: this.edges },
					{ type: "arrivedBelow", messages: [said], others: 0 },
				],
			};
		}
		return this.#slide(Math.max(this.from, this.length - MAX_VIEW_ENTRIES), this.length);
	}

	/** Asks a view's wish of the window; `undefined` for other wishes. */
	answer(wish: ToHost): ToWebview | undefined {
		switch (wish.type) {
			case "loadOlder":
				return this.older();
			case "loadNewer":
				return this.newer();
			case "goToLatest":
				this.to = this.length;
				this.from = Math.max(0, this.length - MAX_VIEW_ENTRIES);
				return this.snapshot(100);
			default:
				return undefined;
		}
	}

	#slide(from: number, to: number): ToWebview {
		const upserts: Entry[] = [];
		const removed: string[] = [];
		for (let index = Math.min(from, this.from); index < Math.max(to, this.to); index++) {
			const was = index >= this.from && index < this.to;
			const is = index >= from && index < to;
			if (is && !was) {
				upserts.push(spoken(index));
			} else if (was && !is) {
				removed.push(`m${index}`);
			}
		}
		this.from = from;
		this.to = to;
		return {
			type: "changes",
			seq: 0,
			changes: [
				{ type: "entriesChanged", upserts, removed },
				{ type: "edgesChanged", edges: this.edges },
			],
		};
	}
}
