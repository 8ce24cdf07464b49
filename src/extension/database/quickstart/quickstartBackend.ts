import { l10n } from "vscode";
import { DEFAULT_LIMITS } from "../../../shared/chat";
import { LOBBY } from "../../../shared/room";
import type { Message } from "../../../module_bindings/index";
import type { PageRange } from "../../chat/room/pageRange";
import { MAX_PAGES } from "../../chat/room/pageRange";
import type {
	Backend,
	BackendSnapshot,
	CallResult,
	MessageRow,
	OpenRequest,
	Outgoing,
	Pages,
	ReadNow,
} from "../../chat/backend";
import { OpeningSpans } from "./openingSpans";
import { isDeleted, isLive } from "../sdk/tableEvents";
import { PageSubscriptions } from "../rooms/pageSubscriptions";
import { messageRow, readMessage, toSafeNumber } from "../sdk/rows";
import { readSqlMessage } from "../sdk/sqlRows";
import { TimeSpans } from "./timeSpans";
import type { BackendSources } from "../sdk/backendBase";
import { BackendBase } from "../sdk/backendBase";

/** The chat of the quickstart tutorials, in Rust, C# or anything that looks the same. */
export class QuickstartBackend extends BackendBase implements Backend, Pages {
	readonly guarantee = "atMostOnce";
	readonly limits = DEFAULT_LIMITS;
	readonly pages: Pages = this;
	readonly #subscriptions: PageSubscriptions;
	#spans = TimeSpans.everything();
	/** The spans, once they are found. */
	#opening: Promise<unknown> = Promise.resolve();

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

	override open(wish: OpenRequest, opened: (snapshot: BackendSnapshot) => void): void {
		const { opening = new OpeningSpans(this.sources) } = this.sources;
		this.#opening = opening.find(wish.sinceMs).then((spans) => {
			this.#spans = spans;
			// Beside the subscription to the people, not after it.
			void this.#subscriptions.load(spans.live);
		});
		super.open(wish, opened);
	}

	protected async openHistory(wish: OpenRequest): Promise<ReadNow<BackendSnapshot>> {
		await this.#opening;
		const pages = await this.#pagesToOpen(wish);
		await Promise.all(pages.map(async (span) => this.#subscriptions.load(span)));
		const window: PageRange = {
			pages,
			hasOlder: await this.#spans.hasOlderThan(pages[0] ?? this.head),
			isLive: true,
		};
		return () => ({
			people: this.people(),
			roomId: LOBBY,
			messages: this.rowsOf(pages),
			window,
		});
	}

	/** The newest, and back to where somebody reads further up if the window can hold that. */
	async #pagesToOpen({ before, isAtLatest }: OpenRequest): Promise<number[]> {
		const first = isAtLatest ? undefined : before?.pages[0];
		const pages = [this.head];
		let oldest: number | undefined = this.head;
		while (first !== undefined && oldest !== undefined && oldest > first) {
			if (pages.length === MAX_PAGES) {
				return [this.head];
			}
			oldest = await this.#spans.olderThan(oldest);
			pages.unshift(...(oldest === undefined ? [] : [oldest]));
		}
		return pages;
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

	async load(span: number): Promise<boolean> {
		return this.#subscriptions.load(span);
	}

	rowsOf(spans: readonly number[]): MessageRow[] {
		const rows = [...this.sources.connection.db.message.iter()].map((row) => this.#read(row));
		return rows.filter(({ page }) => spans.includes(page));
	}

	keep(spans: readonly number[]): void {
		this.#subscriptions.keep((span) => span === this.head || spans.includes(span));
	}

	async read(span: number): Promise<readonly MessageRow[]> {
		const rows = await this.sources.ask(this.#query("*", span));
		return rows.map(readSqlMessage).map((message) => messageRow(message, span));
	}

	/** Sends to the lobby, the only room; the tutorial's tables have no column for an id. */
	sendMessage({ room, text }: Outgoing, onResult: (result: CallResult) => void): void {
		if (room === LOBBY) {
			this.sayText(text, onResult);
		} else {
			onResult({ kind: "refused", reason: l10n.t("this database has no rooms.") });
		}
	}

	/** There is one room. */
	enter(): Promise<undefined> {
		return Promise.resolve(undefined);
	}

	override cut(): void {
		super.cut();
		this.#subscriptions.cut();
	}

	#query(what: string, span: number): string {
		return `SELECT ${what} FROM message${this.#spans.condition(span, this.sources.schema.sent)}`;
	}

	#read(row: Message): MessageRow {
		return messageRow(
			readMessage(row),
			this.#spans.holding(toSafeNumber(row.sent.microsSinceUnixEpoch)),
		);
	}
}

function messageKey(row: Message): string {
	return messageRow(readMessage(row), 0).key;
}
