import type { Person } from "../../shared/person";

/** Everybody the database has a row for, as far as it is known. */
export class People {
	readonly #byIdentity = new Map<string, Person>();

	get(identity: string): Person | undefined {
		return this.#byIdentity.get(identity);
	}

	all(): Person[] {
		return [...this.#byIdentity.values()];
	}

	set(person: Person): void {
		this.#byIdentity.set(person.identity, person);
	}

	delete(identity: string): void {
		this.#byIdentity.delete(identity);
	}

	/** Puts these people in the place of all. */
	replace(people: readonly Person[]): void {
		this.#byIdentity.clear();
		for (const person of people) {
			this.set(person);
		}
	}

	/** Those of these identities, and everybody online. */
	onlineOr(identities: ReadonlySet<string>): Person[] {
		return this.all().filter(({ identity, isOnline }) => isOnline || identities.has(identity));
	}
}
