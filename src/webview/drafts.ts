import type { VsCodeApi } from "./host";

/** A line that was posted to the host, which has not said yet what became of it. */
export interface Unsettled {
	readonly draftId: string;
	/** As it was typed, so with a second slash where one escapes the first. */
	readonly text: string;
	readonly sinceMs: number;
}

/** What the view remembers when it is hidden, moved or reloaded. */
export interface Remembered {
	readonly draft: string;
	readonly unsettled: readonly Unsettled[];
	readonly isPeopleOpen: boolean;
	readonly areOfflineShown: boolean;
	readonly isSearchOpen: boolean;
	/** What was last looked for; it is not looked for again by itself. */
	readonly searchText: string;
}

const NOTHING: Remembered = {
	draft: "",
	unsettled: [],
	isPeopleOpen: false,
	areOfflineShown: false,
	isSearchOpen: false,
	searchText: "",
};

/** The stored state, or as much of it as makes sense. Never throws. */
function readRemembered(stored: unknown): Remembered {
	if (typeof stored !== "object" || stored === null) {
		return NOTHING;
	}
	const { draft, unsettled, isPeopleOpen, areOfflineShown, isSearchOpen, searchText } =
		stored as Partial<Record<keyof Remembered, unknown>>;
	return {
		draft: typeof draft === "string" ? draft : "",
		unsettled: Array.isArray(unsettled) ? unsettled.filter(isUnsettled) : [],
		isPeopleOpen: isPeopleOpen === true,
		areOfflineShown: areOfflineShown === true,
		isSearchOpen: isSearchOpen === true,
		searchText: typeof searchText === "string" ? searchText : "",
	};
}

function isUnsettled(value: unknown): value is Unsettled {
	if (typeof value !== "object" || value === null) {
		return false;
	}
	const { draftId, text, sinceMs } = value as Partial<Record<keyof Unsettled, unknown>>;
	return typeof draftId === "string" && typeof text === "string" && typeof sinceMs === "number";
}

/** The draft, the sends under way and the open lists; every change is stored at once. */
export class Drafts {
	readonly #api: Pick<VsCodeApi, "getState" | "setState">;
	#state: Remembered;

	constructor(api: Pick<VsCodeApi, "getState" | "setState">) {
		this.#api = api;
		this.#state = readRemembered(api.getState());
	}

	get state(): Remembered {
		return this.#state;
	}

	update(change: Partial<Remembered>): void {
		this.#state = { ...this.#state, ...change };
		this.#api.setState(this.#state);
	}

	/** Remembers a send until it is settled. */
	add(send: Unsettled): void {
		this.update({ unsettled: [...this.#state.unsettled, send] });
	}

	/** Forgets a send and returns it, if it was one of ours. */
	settle(draftId: string): Unsettled | undefined {
		const send = this.#state.unsettled.find((one) => one.draftId === draftId);
		if (send !== undefined) {
			this.update({ unsettled: this.#state.unsettled.filter((one) => one !== send) });
		}
		return send;
	}
}
