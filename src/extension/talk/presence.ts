import { window } from "vscode";
import type { ChatSession } from "../chat/chatSession";
import { Owner } from "../disposable";
import { awayAfterMinutes } from "../settings";

/** Says that one is away after a while of doing nothing, and takes it back; only what it said itself. */
export class AwayWatch extends Owner {
	readonly #session: ChatSession;
	#timer: NodeJS.Timeout | undefined;
	#isAwayByItself = false;

	constructor(session: ChatSession) {
		super();
		this.#session = session;
		this.register(window.onDidChangeWindowState(({ active }) => this.#look(active)));
		this.register({ dispose: () => clearTimeout(this.#timer) });
	}

	#look(isActive: boolean): void {
		clearTimeout(this.#timer);
		if (isActive) {
			if (this.#isAwayByItself) {
				this.#isAwayByItself = false;
				this.#say("available");
			}
			return;
		}
		const minutes = awayAfterMinutes();
		if (minutes > 0 && !this.#isAwayByItself) {
			this.#timer = setTimeout(() => this.#leave(), minutes * 60_000);
		}
	}

	#leave(): void {
		const { store } = this.#session;
		const me = store.me === undefined ? undefined : store.person(store.me);
		// Whoever said busy stays busy.
		if ((me?.availability ?? "available") === "available") {
			this.#isAwayByItself = true;
			this.#say("away");
		}
	}

	#say(availability: "available" | "away"): void {
		this.#session.talk?.do({ type: "setAvailability", availability }, () => undefined);
	}
}
