import { window } from "vscode";
import type { ChatSession } from "../chat/session";
import { DisposableStore } from "../platform/disposable";
import { awayAfterMinutes } from "../platform/settings";

/** Says that one is away after a while of doing nothing, and takes it back; only what it said itself. */
export class AwayWatch extends DisposableStore {
	readonly #session: ChatSession;
	#timer: NodeJS.Timeout | undefined;
	/** In milliseconds since the epoch; `undefined` while the person does something. */
	#idleSinceMs: number | undefined;
	#isAwayByItself = false;

	constructor(session: ChatSession) {
		super();
		this.#session = session;
		this.register(window.onDidChangeWindowState(({ active }) => this.#look(active)));
		this.register(session.connection.onDidChangeState(() => this.#wait()));
		this.register({ dispose: () => clearTimeout(this.#timer) });
		this.#look(window.state.active);
	}

	#look(isActive: boolean): void {
		if (!isActive) {
			this.#idleSinceMs ??= Date.now();
		} else {
			this.#idleSinceMs = undefined;
			if (this.#isAwayByItself) {
				this.#isAwayByItself = false;
				this.#say("available");
			}
		}
		this.#wait();
	}

	/** One timer, which ends by firing; none while there is nobody to tell, or nothing more. */
	#wait(): void {
		clearTimeout(this.#timer);
		const minutes = awayAfterMinutes();
		const canSay = this.#session.state.kind === "online" && this.#session.roomsApi !== undefined;
		if (this.#idleSinceMs !== undefined && minutes > 0 && canSay && !this.#isAwayByItself) {
			const leftMs = this.#idleSinceMs + minutes * 60_000 - Date.now();
			this.#timer = setTimeout(() => this.#leave(), Math.max(leftMs, 0));
		}
	}

	#leave(): void {
		const { people } = this.#session;
		const me = people.me === undefined ? undefined : people.get(people.me);
		// Whoever said busy stays busy.
		if ((me?.availability ?? "available") === "available") {
			this.#isAwayByItself = true;
			this.#say("away");
		}
	}

	#say(availability: "available" | "away"): void {
		this.#session.roomsApi?.call({ type: "setAvailability", availability }, () => undefined);
	}
}
