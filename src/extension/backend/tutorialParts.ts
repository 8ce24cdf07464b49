import type { Person } from "../../shared/chat";
import type { DbConnection } from "../../module_bindings";
import type { Ask, BackendEvents, BackendSnapshot, CallResult, OpenWish } from "./backend";
import type { ChatSchema } from "./chatSchema";
import { isLive } from "./liveRow";
import { readPerson } from "./rows";
import { TextReducers } from "./textReducers";

/** Runs a callback of the SDK's, and keeps its exceptions from the SDK. */
export type Guard = (act: () => void) => void;

/** What a backend lives on. */
export interface BackendSources {
	readonly connection: DbConnection;
	readonly schema: ChatSchema;
	readonly events: BackendEvents;
	readonly guard: Guard;
	readonly ask: Ask;
	/** How far back the window opens where it goes by time, in milliseconds. */
	readonly windowMs: number;
	/** A subscription was refused: the link is of no use. */
	readonly failed: (detail: string) => void;
}

/** What every chat database has from the tutorial: people, and the two reducers that take a text. */
export abstract class TutorialParts {
	protected readonly sources: BackendSources;
	protected readonly reducers: TextReducers;
	/** Before that nothing is told: the snapshot has it. */
	protected isOpen = false;

	constructor(sources: BackendSources) {
		this.sources = sources;
		const { connection, schema, events, guard } = sources;
		this.reducers = new TextReducers(connection, [schema.setName, schema.sendMessage], guard);
		const { user } = connection.db;
		user.onInsert((context, row) =>
			guard(() => {
				if (isLive(context) && this.isOpen) {
					events.personChanged(readPerson(row), undefined);
				}
			}),
		);
		user.onUpdate((_context, before, row) =>
			guard(() => {
				if (this.isOpen) {
					events.personChanged(readPerson(row), readPerson(before));
				}
			}),
		);
		user.onDelete((_context, row) =>
			guard(() => {
				if (this.isOpen) {
					events.personGone(row.identity.toHexString());
				}
			}),
		);
	}

	/** Subscribes, and tells the picture once it is whole; from then on what happens is told. */
	open(wish: OpenWish, opened: (snapshot: BackendSnapshot) => void): void {
		const { connection, guard, failed } = this.sources;
		connection
			.subscriptionBuilder()
			.onApplied(() =>
				guard(() => {
					this.openHistory(wish).then(
						(snapshot) =>
							guard(() => {
								this.isOpen = true;
								opened(snapshot);
							}),
						(error: unknown) =>
							guard(() => {
								throw error;
							}),
					);
				}),
			)
			.onError((context) => guard(() => failed(context.event?.message ?? "")))
			.subscribe([...this.baseQueries]);
	}

	setName(name: string, settle: (result: CallResult) => void): void {
		this.reducers.call(this.sources.schema.setName, name, settle);
	}

	cut(): void {
		this.reducers.cut();
	}

	/** What is held whole, whatever is read. */
	protected get baseQueries(): readonly string[] {
		return ["SELECT * FROM user"];
	}

	/** Loads the window to begin with. What it reads last from the cache is what it returns. */
	protected abstract openHistory(wish: OpenWish): Promise<BackendSnapshot>;

	protected people(): Person[] {
		return [...this.sources.connection.db.user.iter()].map(readPerson);
	}

	protected sayText(text: string, settle: (result: CallResult) => void): void {
		this.reducers.call(this.sources.schema.sendMessage, text, settle);
	}
}
