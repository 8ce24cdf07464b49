import { l10n } from "vscode";
import { DEFAULT_LIMITS } from "../../../shared/chat";
import { LOBBY } from "../../../module_bindings/client.generated";
import type {
	Backend,
	BackendSnapshot,
	CallResult,
	MessageRow,
	OpenRequest,
	Outgoing,
	PageRange,
	Pages,
	ReadNow,
} from "../../chat/backend";
import type { OpeningSpans } from "./openingSpans";
import type { Row } from "../sdk/moduleTypes";
import { PageSubscriptions } from "../sdk/pageSubscriptions";
import { isDeleted, isLive, listen } from "../sdk/tableEvents";
import { messageRow, readMessage, toSafeNumber } from "../sdk/rows";
import { readSqlMessage } from "../sdk/sqlRows";
import { TimeSpans } from "./timeSpans";
import type { BackendSources } from "../sdk/backendBase";
import { BackendBase } from "../sdk/backendBase";

/** The chat of the quickstart tutorials in Rust and C#, and of modules with the same tables. */
export class QuickstartBackend extends BackendBase implements Backend, Pages {
	readonly guarantee = "atMostOnce";
	readonly isSearchedByPages = false;
	readonly limits = DEFAULT_LIMITS;
	readonly pages: Pages = this;
	readonly #subscriptions: PageSubscriptions;
	readonly #openingSpans: OpeningSpans;
	#spans = TimeSpans.everything();
	/** Resolves once the spans are found. */
	#opening: Promise<unknown> = Promise.resolve();

	constructor(sources: BackendSources, openingSpans: OpeningSpans) {
		super(sources);
		this.#openingSpans = openingSpans;
		const { connection, events, guard, subscriptionFailed } = sources;
		this.#subscriptions = new PageSubscriptions({
			connection,
			guard,
			subscriptionFailed,
			queriesOf: (span) => [this.#query("*", span)],
		});
		listen(connection.db.message, guard, {
			inserted: (row, context) => {
				if (isLive(context) && this.isOpen) {
					events.messageArrived(this.#read(row));
				}
			},
			deleted: (row, context) => {
				if (isDeleted(context) && this.isOpen) {
					events.messageGone(messageKey(row));
				}
			},
		});
	}

	get head(): number {
		return this.#spans.live;
	}

	override open(request: OpenRequest, opened: (snapshot: BackendSnapshot) => void): void {
		this.#opening = this.#openingSpans.find(request.sinceMs).then((spans) => {
			this.#spans = spans;
			// Loads messages and people at the same time.
			void this.#subscriptions.load(spans.live);
		});
		super.open(request, opened);
	}

	protected async openHistory(request: OpenRequest): Promise<ReadNow<BackendSnapshot>> {
		await this.#opening;
		const pages = await this.#pagesToOpen(request);
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

	/** Returns the newest page and those back to the reader's, or the newest alone if they are too many. */
	async #pagesToOpen({ before, isAtLatest, maxPages }: OpenRequest): Promise<number[]> {
		const first = isAtLatest ? undefined : before?.pages[0];
		const pages = [this.head];
		let oldest: number | undefined = this.head;
		while (first !== undefined && oldest !== undefined && oldest > first) {
			if (pages.length === maxPages) {
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
		const rows = await this.sources.runSql(this.#query("*", span));
		return rows.map(readSqlMessage).map((message) => messageRow(message, span));
	}

	/** Sends to the lobby, the only room; the tables of the quickstart have no column for an id. */
	sendMessage({ room, text }: Outgoing, onResult: (result: CallResult) => void): void {
		if (room === LOBBY) {
			this.reducers.call("sendMessage", { text }, onResult);
		} else {
			onResult({ kind: "refused", reason: l10n.t("this database has no rooms.") });
		}
	}

	/** Opens nothing, because there is one room. */
	enter(): Promise<undefined> {
		return Promise.resolve(undefined);
	}

	override cut(): void {
		super.cut();
		this.#subscriptions.cut();
	}

	#query(columns: string, span: number): string {
		return `SELECT ${columns} FROM message${this.#spans.condition(span, this.sources.schema.sent)}`;
	}

	#read(row: Row<"message">): MessageRow {
		return messageRow(
			readMessage(row),
			this.#spans.holding(toSafeNumber(row.sent.microsSinceUnixEpoch)),
		);
	}
}

function messageKey(row: Row<"message">): string {
	return messageRow(readMessage(row), 0).key;
}
