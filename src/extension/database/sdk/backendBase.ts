import type { Person } from "../../../shared/person";
import type {
	BackendEvents,
	BackendSnapshot,
	CallResult,
	OpenRequest,
	ReadNow,
} from "../../chat/backend";
import type { ChatSchema } from "../wire/chatSchema";
import type { RunSql } from "../wire/sqlQuery";
import { hexOf } from "./identityHex";
import type { Row } from "./moduleTypes";
import { ReducerClient } from "./reducerClient";
import type { ChatDbConnection } from "./remoteModule";
import { readPerson } from "./rows";
import type { Guard } from "./tableEvents";
import { isLive, listen } from "./tableEvents";

/** The connection of a backend and what belongs to it. */
export interface BackendSources {
	readonly connection: ChatDbConnection;
	readonly schema: ChatSchema;
	readonly events: BackendEvents;
	readonly guard: Guard;
	readonly runSql: RunSql;
	/** Ends the connection, because the server refused a subscription. */
	readonly subscriptionFailed: (detail: string) => void;
}

/** The parts that every chat database has from the quickstart: people and the two reducers. */
export abstract class BackendBase {
	protected readonly sources: BackendSources;
	protected readonly reducers: ReducerClient;
	/** True from the snapshot on. Earlier changes are part of the snapshot and not reported. */
	protected isOpen = false;

	constructor(sources: BackendSources) {
		this.sources = sources;
		const { connection, schema, events, guard } = sources;
		this.reducers = new ReducerClient(connection, schema, guard);
		listen(connection.db.user, guard, {
			inserted: (row, context) => {
				if (isLive(context) && this.isOpen) {
					events.personChanged(this.personOf(row), undefined);
				}
			},
			updated: (row, before) => {
				if (this.isOpen) {
					events.personChanged(this.personOf(row), this.personOf(before));
				}
			},
			deleted: (row) => {
				if (this.isOpen) {
					events.personGone(hexOf(row.identity));
				}
			},
		});
	}

	/** Subscribes and reports the snapshot once it is complete. Changes are reported from then on. */
	open(request: OpenRequest, opened: (snapshot: BackendSnapshot) => void): void {
		const { connection, guard, subscriptionFailed } = this.sources;
		connection
			.subscriptionBuilder()
			.onApplied(() =>
				guard(() => {
					this.openHistory(request).then(
						(readNow) =>
							guard(() => {
								this.isOpen = true;
								opened(readNow());
							}),
						(error: unknown) =>
							guard(() => {
								throw error;
							}),
					);
				}),
			)
			.onError((context) => guard(() => subscriptionFailed(context.event?.message ?? "")))
			.subscribe([...this.baseQueries]);
	}

	setName(name: string, onResult: (result: CallResult) => void): void {
		this.reducers.call("setName", { name }, onResult);
	}

	cut(): void {
		this.reducers.cut();
	}

	/** Queries for the rows that the backend holds whichever room is open. */
	protected get baseQueries(): readonly string[] {
		return ["SELECT * FROM user"];
	}

	/** Loads the first pages. */
	protected abstract openHistory(request: OpenRequest): Promise<ReadNow<BackendSnapshot>>;

	protected people(): Person[] {
		return this.peopleOf([...this.sources.connection.db.user.iter()]);
	}

	/** Returns people with every detail that the database has of them. */
	protected peopleOf(users: readonly Row<"user">[]): Person[] {
		return users.map(readPerson);
	}

	/** Returns one person; `peopleOf` is cheaper for many. */
	protected personOf(user: Row<"user">): Person {
		const [person = readPerson(user)] = this.peopleOf([user]);
		return person;
	}
}
