import { EventEmitter } from "vscode";
import type { Event } from "vscode";
import type { Entry } from "../../shared/chat";
import { sendersOf } from "../../shared/chat";
import type { Person } from "../../shared/person";
import { DisposableStore } from "../platform/disposable";

/** People whose rows changed, and identities whose rows are gone. */
export interface PeopleChange {
	readonly upserts: readonly Person[];
	readonly removed: readonly string[];
}

/** The people of the database, and which of them the user is. */
export class People extends DisposableStore {
	readonly #onDidChange = this.register(new EventEmitter<PeopleChange>());
	/** Changes since the last `attach` or `detach`, each fired once, in order. */
	readonly onDidChange: Event<PeopleChange> = this.#onDidChange.event;
	readonly #byIdentity = new Map<string, Person>();
	#me: string | undefined;
	#isAttached = false;

	/** The user's own identity; `undefined` until the first connection. */
	get me(): string | undefined {
		return this.#me;
	}

	/** True while a connection keeps the people up to date. */
	get isAttached(): boolean {
		return this.#isAttached;
	}

	get(identity: string): Person | undefined {
		return this.#byIdentity.get(identity);
	}

	all(): Person[] {
		return [...this.#byIdentity.values()];
	}

	/** People who are online; none while no connection can know it. */
	online(): Person[] {
		return this.#isAttached ? this.all().filter(({ isOnline }) => isOnline) : [];
	}

	/** The senders of these entries, the user, and everybody whose row says online. */
	neededFor(entries: readonly Entry[]): Person[] {
		const identities = sendersOf(entries).add(this.#me ?? "");
		return this.all().filter(({ identity, isOnline }) => isOnline || identities.has(identity));
	}

	/** Replaces everybody with the people of a new connection, on which the user is `me`. */
	attach(people: readonly Person[], me: string): void {
		this.#me = me;
		this.#isAttached = true;
		this.#byIdentity.clear();
		for (const person of people) {
			this.#byIdentity.set(person.identity, person);
		}
	}

	/** Keeps the names while the connection is down. */
	detach(): void {
		this.#isAttached = false;
	}

	set(person: Person): void {
		this.#byIdentity.set(person.identity, person);
		this.#onDidChange.fire({ upserts: [person], removed: [] });
	}

	delete(identity: string): void {
		this.#byIdentity.delete(identity);
		this.#onDidChange.fire({ upserts: [], removed: [identity] });
	}
}
