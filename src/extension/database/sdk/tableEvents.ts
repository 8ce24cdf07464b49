import type { EventContextInterface } from "@clockworklabs/spacetimedb-sdk";

/** Runs a callback of the SDK and keeps its exceptions from the SDK. */
export type Guard = (act: () => void) => void;

export type EventContext = Pick<EventContextInterface, "event">;

/** A table of the SDK's cache. */
export interface TableHandle<Row> {
	iter(): Iterable<Row>;
	onInsert(callback: (context: EventContext, row: Row) => void): void;
	removeOnInsert(callback: (context: EventContext, row: Row) => void): void;
	onUpdate(callback: (context: EventContext, before: Row, row: Row) => void): void;
	removeOnUpdate(callback: (context: EventContext, before: Row, row: Row) => void): void;
	onDelete(callback: (context: EventContext, row: Row) => void): void;
	removeOnDelete(callback: (context: EventContext, row: Row) => void): void;
}

/** Callbacks for the changes of a table. */
export interface RowListener<Row> {
	inserted?(row: Row, context: EventContext): void;
	updated?(row: Row, before: Row): void;
	deleted?(row: Row, context: EventContext): void;
}

/** Listens to a table behind a guard, and returns a function that ends it. */
export function listen<Row>(
	table: TableHandle<Row>,
	guard: Guard,
	listener: RowListener<Row>,
): () => void {
	const inserted = (context: EventContext, row: Row) =>
		guard(() => listener.inserted?.(row, context));
	const updated = (_context: EventContext, before: Row, row: Row) =>
		guard(() => listener.updated?.(row, before));
	const deleted = (context: EventContext, row: Row) =>
		guard(() => listener.deleted?.(row, context));
	table.onInsert(inserted);
	table.onUpdate(updated);
	table.onDelete(deleted);
	return () => {
		table.removeOnInsert(inserted);
		table.removeOnUpdate(updated);
		table.removeOnDelete(deleted);
	};
}

/** Calls back for every change of a table. */
export function listenToAll<Row>(
	table: TableHandle<Row>,
	guard: Guard,
	changed: (row: Row) => void,
): () => void {
	return listen(table, guard, { inserted: changed, updated: changed, deleted: changed });
}

/** Tells a change of the database from a row that a subscription loads; loaded rows are read from the cache. */
export function isLive(context: EventContext): boolean {
	return context.event.tag !== "SubscribeApplied";
}

/** Tells a row deleted from the database from a row that only leaves the cache (SDK 1.3.3). */
export function isDeleted(context: EventContext): boolean {
	return context.event.tag !== "UnsubscribeApplied";
}
