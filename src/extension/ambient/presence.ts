import { window } from "vscode";
import type { ChatSession } from "../chat/session";
import { DisposableStore } from "../platform/disposable";
import { awayAfterMinutes } from "../platform/settings";

/** Sets the user to away after inactivity, and back to available. Changes no other availability. */
export class AwayWatch extends DisposableStore {
	readonly #session: ChatSession;
	#timer: NodeJS.Timeout | undefined;
	/** Start of the inactivity, in milliseconds since the epoch; `undefined` while the person is active. */
	#idleSinceMs: number | undefined;
	#hasSetAway = false;

	constructor(session: ChatSession) {
		super();
		this.#session = session;
		this.register(window.onDidChangeWindowState(({ active }) => this.#update(active)));
		this.register(session.connection.onDidChangeState(() => this.#schedule()));
		this.register({ dispose: () => clearTimeout(this.#timer) });
		this.#update(window.state.active);
	}

	#update(isActive: boolean): void {
		if (!isActive) {
			this.#idleSinceMs ??= Date.now();
		} else {
			this.#idleSinceMs = undefined;
			if (this.#hasSetAway) {
				this.#hasSetAway = false;
				this.#set("available");
			}
		}
		this.#schedule();
	}

	/** Starts the timer for away; none while there is no connection, or away is set already. */
	#schedule(): void {
		clearTimeout(this.#timer);
		const minutes = awayAfterMinutes();
		const canSet = this.#session.state.kind === "online" && this.#session.roomsApi !== undefined;
		if (this.#idleSinceMs !== undefined && minutes > 0 && canSet && !this.#hasSetAway) {
			const leftMs = this.#idleSinceMs + minutes * 60_000 - Date.now();
			this.#timer = setTimeout(() => this.#setAway(), Math.max(leftMs, 0));
		}
	}

	#setAway(): void {
		const { people } = this.#session;
		const me = people.me === undefined ? undefined : people.get(people.me);
		// A person who chose busy stays busy.
		if ((me?.availability ?? "available") === "available") {
			this.#hasSetAway = true;
			this.#set("away");
		}
	}

	#set(availability: "available" | "away"): void {
		this.#session.roomsApi?.call({ type: "setAvailability", availability }, () => undefined);
	}
}
