import type { Person } from "../../../shared/person";
import type { User } from "../../../module_bindings/index";
import { hexOf } from "./identityHex";
import type { ChatDbConnection } from "./remoteModule";
import type {
	Ask,
	BackendEvents,
	BackendSnapshot,
	CallResult,
	OpenRequest,
	ReadNow,
} from "../../chat/backend";
import type { ChatSchema } from "../chatSchema";
import type { OpeningSpans } from "../quickstart/openingSpans";
import { isLive } from "./tableEvents";
import { readPerson } from "./rows";
import { TextReducers } from "./textReducers";

/** Runs a callback of the SDK's, and keeps its exceptions from the SDK. */
export type Guard = (act: () => void) => void;

/** What a backend lives on. */
export interface BackendSources {
	readonly connection: ChatDbConnection;
	readonly schema: ChatSchema;
	readonly events: BackendEvents;
	readonly guard: Guard;
	readonly ask: Ask;
	/** How far back the window opens where it goes by time, in milliseconds. */
	readonly windowMs: number;
	/** The search for where that is, if it has begun. */
	readonly opening: OpeningSpans | undefined;
	/** A subscription was refused: the link is of no use. */
	readonly failed: (detail: string) => void;
}

/** What every chat database has from the tutorial: people, and the two reducers that take a text. */
export abstract class BackendBase {
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
					events.personChanged(this.personOf(row), undefined);
				}
			}),
		);
		user.onUpdate((_context, before, row) =>
			guard(() => {
				if (this.isOpen) {
					events.personChanged(this.personOf(row), this.personOf(before));
				}
			}),
		);
		user.onDelete((_context, row) =>
			guard(() => {
				if (this.isOpen) {
					events.personGone(hexOf(row.identity));
				}
			}),
		);
	}

	/** Subscribes, and tells the picture once it is whole; from then on what happens is told. */
	open(wish: OpenRequest, opened: (snapshot: BackendSnapshot) => void): void {
		const { connection, guard, failed } = this.sources;
		connection
			.subscriptionBuilder()
			.onApplied(() =>
				guard(() => {
					this.openHistory(wish).then(
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
			.onError((context) => guard(() => failed(context.event?.message ?? "")))
			.subscribe([...this.baseQueries]);
	}

	setName(name: string, onResult: (result: CallResult) => void): void {
		this.reducers.call(this.sources.schema.setName, name, onResult);
	}

	cut(): void {
		this.reducers.cut();
	}

	/** What is held whole, whatever is read. */
	protected get baseQueries(): readonly string[] {
		return ["SELECT * FROM user"];
	}

	/** Loads the window to begin with. */
	protected abstract openHistory(wish: OpenRequest): Promise<ReadNow<BackendSnapshot>>;

	protected people(): Person[] {
		return this.peopleOf([...this.sources.connection.db.user.iter()]);
	}

	/** What is known of some people; more than the tutorial's rows where there is more. */
	protected peopleOf(users: readonly User[]): Person[] {
		return users.map(readPerson);
	}

	/** One person; `peopleOf` is cheaper for many. */
	protected personOf(user: User): Person {
		const [person = readPerson(user)] = this.peopleOf([user]);
		return person;
	}

	protected sayText(text: string, onResult: (result: CallResult) => void): void {
		this.reducers.call(this.sources.schema.sendMessage, text, onResult);
	}
}
