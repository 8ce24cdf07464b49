import { STOCK_LIMITS } from "../../shared/chat";
import { LOBBY } from "../../shared/room";
import type { Message } from "../../module_bindings";
import type { HistoryWindow } from "../history/historyWindow";
import type {
	Backend,
	BackendSnapshot,
	CallResult,
	MessageRow,
	OpenWish,
	Outgoing,
	Pages,
	RoomSnapshot,
} from "./backend";
import { isDeleted, isLive } from "./tableEvents";
import { PageSubscriptions } from "./pageSubscriptions";
import { messageRow, readMessage, toSafeNumber } from "./rows";
import { readSqlMessage } from "./sqlRows";
import { timeCondition, TimeSpans } from "./timeSpans";
import type { BackendSources } from "./tutorialParts";
import { TutorialParts } from "./tutorialParts";

/** The chat of the quickstart tutorials, in Rust, C# or anything that looks the same. */
export class StockBackend extends TutorialParts implements Backend, Pages {
	readonly guarantee = "atMostOnce";
	readonly limits = STOCK_LIMITS;
	readonly pages: Pages = this;
	readonly #subscriptions: PageSubscriptions;
	#spans = TimeSpans.everything();

	constructor(sources: BackendSources) {
		super(sources);
		const { connection, events, guard } = sources;
		this.#subscriptions = new PageSubscriptions({
			connection,
			guard,
			failed: sources.failed,
			queriesOf: (span) => [this.#query("*", span)],
		});
		const { message } = connection.db;
		message.onInsert((context, row) =>
			guard(() => {
				if (isLive(context) && this.isOpen) {
					events.messageArrived(this.#read(row));
				}
			}),
		);
		message.onDelete((context, row) =>
			guard(() => {
				if (isDeleted(context) && this.isOpen) {
					events.messageGone(messageKey(row));
				}
			}),
		);
	}

	get head(): number {
		return this.#spans.live;
	}

	protected async openHistory({ sinceMs }: OpenWish): Promise<BackendSnapshot> {
		const nowMs = Date.now();
		const wishedMs = Math.min(sinceMs ?? nowMs, nowMs - this.sources.windowMs);
		try {
			this.#spans = await TimeSpans.open(
				(from, to) => this.#count(from, to),
				nowMs * 1_000,
				wishedMs * 1_000,
			);
		} catch {
			// A proxy may let nothing through but the socket: then everything is asked for, as tutorial
			// clients do.
			this.#spans = TimeSpans.everything();
		}
		await this.#subscriptions.load(this.head);
		const window: HistoryWindow = {
			pages: [this.head],
			hasOlder: await this.#spans.hasOlderThan(this.head),
			isLive: true,
		};
		const messages = this.#rowsOf(this.head);
		return { people: this.people(), roomId: LOBBY, messages, window };
	}

	async olderThan(span: number): Promise<number | undefined> {
		return this.#spans.olderThan(span);
	}

	async newerThan(span: number): Promise<number | undefined> {
		return this.#spans.newerThan(span);
	}

	async pageAt(sentMs: number): Promise<number> {
		return this.#spans.at(sentMs * 1_000);
	}

	async load(span: number): Promise<readonly MessageRow[] | undefined> {
		return (await this.#subscriptions.load(span)) ? this.#rowsOf(span) : undefined;
	}

	keep(spans: readonly number[]): void {
		this.#subscriptions.keep((span) => span === this.head || spans.includes(span));
	}

	async read(span: number): Promise<readonly MessageRow[]> {
		const rows = await this.sources.ask(this.#query("*", span));
		return rows.map(readSqlMessage).map((message) => messageRow(message, span));
	}

	/** The tutorial's tables have no place for an id. */
	sendMessage({ text }: Outgoing, settle: (result: CallResult) => void): void {
		this.sayText(text, settle);
	}

	/** There is one room. */
	enter(): Promise<RoomSnapshot | undefined> {
		return Promise.resolve(undefined);
	}

	override cut(): void {
		super.cut();
		this.#subscriptions.cut();
	}

	#query(what: string, span: number): string {
		return `SELECT ${what} FROM message${this.#spans.condition(span, this.sources.schema.sent)}`;
	}

	async #count(from: number, to: number): Promise<number> {
		const condition = timeCondition(this.sources.schema.sent, from, to);
		const [row] = await this.sources.ask(`SELECT COUNT(*) AS n FROM message${condition}`);
		return Number(row?.[0] ?? 0);
	}

	#read(row: Message): MessageRow {
		return messageRow(
			readMessage(row),
			this.#spans.holding(toSafeNumber(row.sent.microsSinceUnixEpoch)),
		);
	}

	#rowsOf(span: number): MessageRow[] {
		const rows = [...this.sources.connection.db.message.iter()].map((row) => this.#read(row));
		return rows.filter(({ page }) => page === span);
	}
}

function messageKey(row: Message): string {
	return messageRow(readMessage(row), 0).key;
}
