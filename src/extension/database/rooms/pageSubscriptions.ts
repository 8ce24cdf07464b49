import type { ChatDbConnection } from "../sdk/remoteModule";
import type { Guard } from "../sdk/backendBase";

type Subscription = ReturnType<ReturnType<ChatDbConnection["subscriptionBuilder"]>["subscribe"]>;

interface Held {
	readonly subscription: Subscription;
	isLoaded: boolean;
	/** Let go of before it was loaded: SDK 1.3.3 can't end a subscription that has not begun. */
	isLeft: boolean;
	readonly waiting: ((isHere: boolean) => void)[];
}

export interface PageSources {
	readonly connection: ChatDbConnection;
	readonly guard: Guard;
	readonly queriesOf: (page: number) => string[];
	/** A subscription was refused: the link is of no use. */
	readonly failed: (detail: string) => void;
}

/** One subscription for each page that is held, so that each can be let go of by itself. */
export class PageSubscriptions {
	readonly #sources: PageSources;
	readonly #held = new Map<number, Held>();
	#isCut = false;

	constructor(sources: PageSources) {
		this.#sources = sources;
	}

	/** Whether the page's rows are in the SDK's cache, all of them. */
	has(page: number): boolean {
		return this.#held.get(page)?.isLoaded === true;
	}

	/** Whether the page is held, loaded or not yet. */
	holds(page: number): boolean {
		return this.#held.has(page);
	}

	/** Holds a page. Settles when its rows are in the SDK's cache; `false`: it was let go of before. */
	async load(page: number): Promise<boolean> {
		if (this.#isCut) {
			return false;
		}
		const held = this.#held.get(page) ?? this.#begin(page);
		if (held.isLoaded) {
			return true;
		}
		return new Promise((onResult) => held.waiting.push(onResult));
	}

	/** Lets go of every page for which `isWanted` is false. */
	keep(isWanted: (page: number) => boolean): void {
		for (const [page, held] of this.#held) {
			if (!isWanted(page)) {
				this.#held.delete(page);
				this.#leave(held);
			}
		}
	}

	/** The link is gone. */
	cut(): void {
		this.#isCut = true;
		const all = [...this.#held.values()];
		this.#held.clear();
		for (const { waiting } of all) {
			settleAll(waiting, false);
		}
	}

	#begin(page: number): Held {
		const { connection, guard, queriesOf, failed } = this.#sources;
		const held: Held = {
			isLoaded: false,
			isLeft: false,
			waiting: [],
			subscription: connection
				.subscriptionBuilder()
				.onApplied(() =>
					guard(() => {
						held.isLoaded = true;
						if (held.isLeft) {
							held.subscription.unsubscribe();
						}
						settleAll(held.waiting, !held.isLeft);
					}),
				)
				.onError((context) => guard(() => failed(context.event?.message ?? "")))
				.subscribe(queriesOf(page)),
		};
		this.#held.set(page, held);
		return held;
	}

	#leave(held: Held): void {
		if (held.isLoaded) {
			held.subscription.unsubscribe();
		} else {
			held.isLeft = true;
			settleAll(held.waiting, false);
		}
	}
}

function settleAll(waiting: ((isHere: boolean) => void)[], isHere: boolean): void {
	for (const onResult of waiting.splice(0)) {
		onResult(isHere);
	}
}
