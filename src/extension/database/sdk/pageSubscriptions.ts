import type { ChatDbConnection } from "./remoteModule";
import type { Guard } from "./tableEvents";

type Subscription = ReturnType<ReturnType<ChatDbConnection["subscriptionBuilder"]>["subscribe"]>;

interface PageSubscription {
	readonly subscription: Subscription;
	isLoaded: boolean;
	/** True for a page dropped before it loaded: SDK 1.3.3 can't end a subscription that has not applied. */
	isDropped: boolean;
	/** Callbacks for the end of loading. */
	readonly waiting: ((isLoaded: boolean) => void)[];
}

export interface PageSources {
	readonly connection: ChatDbConnection;
	readonly guard: Guard;
	readonly queriesOf: (page: number) => string[];
	/** Ends the connection, because the server refused a subscription. */
	readonly subscriptionFailed: (detail: string) => void;
}

/** One subscription for each page, so that pages can be dropped one by one. */
export class PageSubscriptions {
	readonly #sources: PageSources;
	readonly #pages = new Map<number, PageSubscription>();
	#isCut = false;

	constructor(sources: PageSources) {
		this.#sources = sources;
	}

	/** Returns true for a page that is loaded or loading. */
	isSubscribed(page: number): boolean {
		return this.#pages.has(page);
	}

	/** Subscribes to a page. Resolves to true with all its rows in the SDK's cache, to false if it is dropped. */
	async load(page: number): Promise<boolean> {
		if (this.#isCut) {
			return false;
		}
		const { isLoaded, waiting } = this.#pages.get(page) ?? this.#subscribe(page);
		return isLoaded || new Promise((resolve) => waiting.push(resolve));
	}

	/** Drops every page for which `isWanted` returns false. */
	keep(isWanted: (page: number) => boolean): void {
		for (const [number, page] of this.#pages) {
			if (!isWanted(number)) {
				this.#pages.delete(number);
				drop(page);
			}
		}
	}

	/** Drops every page and loads none from now on, because the connection is closed. */
	cut(): void {
		this.#isCut = true;
		const pages = [...this.#pages.values()];
		this.#pages.clear();
		for (const { waiting } of pages) {
			resolveAll(waiting, false);
		}
	}

	#subscribe(number: number): PageSubscription {
		const { connection, guard, queriesOf, subscriptionFailed } = this.#sources;
		const page: PageSubscription = {
			isLoaded: false,
			isDropped: false,
			waiting: [],
			subscription: connection
				.subscriptionBuilder()
				.onApplied(() =>
					guard(() => {
						page.isLoaded = true;
						if (page.isDropped) {
							page.subscription.unsubscribe();
						}
						resolveAll(page.waiting, !page.isDropped);
					}),
				)
				.onError((context) => guard(() => subscriptionFailed(context.event?.message ?? "")))
				.subscribe(queriesOf(number)),
		};
		this.#pages.set(number, page);
		return page;
	}
}

function drop(page: PageSubscription): void {
	if (page.isLoaded) {
		page.subscription.unsubscribe();
	} else {
		page.isDropped = true;
		resolveAll(page.waiting, false);
	}
}

function resolveAll(waiting: ((isLoaded: boolean) => void)[], isLoaded: boolean): void {
	for (const resolve of waiting.splice(0)) {
		resolve(isLoaded);
	}
}
