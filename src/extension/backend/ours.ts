import type { TextLimits } from "../../shared/chat";
import { STOCK_LIMITS } from "../../shared/chat";
import type { Backend, BackendSnapshot, CallResult, OpenWish } from "./backend";
import { RoomPages } from "./roomPages";
import { RoomSearch } from "./roomSearch";
import type { BackendSources } from "./tutorialParts";
import { TutorialParts } from "./tutorialParts";

/** `server/src/room.rs`. */
const LOBBY = 1;

/** The chat of `server/`: posts with ids, so that a repeat is heard once. */
export class OurBackend extends TutorialParts implements Backend {
	readonly guarantee = "exactlyOnce";
	readonly pages: RoomPages;
	readonly #search: RoomSearch | undefined;
	readonly search?: NonNullable<Backend["search"]>;

	constructor(sources: BackendSources) {
		super(sources);
		this.pages = new RoomPages(sources, LOBBY);
		if (sources.schema.canSearch) {
			const search = new RoomSearch(sources, LOBBY);
			this.#search = search;
			this.search = (text, olderThan, settle) => search.ask(text, olderThan, settle);
		}
	}

	get limits(): TextLimits {
		const [row] = this.sources.connection.db.limits.iter();
		return row === undefined
			? STOCK_LIMITS
			: { messageLength: row.messageLength, nameLength: row.nameLength };
	}

	/**
	 * A tutorial client shows only what comes from the tutorial's reducers, so the id is announced and
	 * the text sent by those. Both go over one socket, hence in this order.
	 */
	sendMessage(clientId: string, text: string, settle: (result: CallResult) => void): void {
		this.reducers.tell("announce", clientId);
		this.sayText(text, settle);
	}

	override cut(): void {
		super.cut();
		this.#search?.cut();
		this.pages.cut();
	}

	protected override get baseQueries(): readonly string[] {
		return [
			...super.baseQueries,
			"SELECT * FROM room_head",
			"SELECT * FROM limits",
			...(this.sources.schema.canSearch ? ["SELECT * FROM search_result"] : []),
		];
	}

	protected async openHistory(wish: OpenWish): Promise<BackendSnapshot> {
		const { messages, window } = await this.pages.open(wish);
		return { people: this.people(), messages, window };
	}
}
