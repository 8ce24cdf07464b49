import type { EventContext } from "../../../module_bindings/index";
import type { Guard } from "./backendBase";

/** A table of the SDK's cache, as far as it is listened to here. */
export interface TableHandle<Row> {
	iter(): Iterable<Row>;
	onInsert(heard: (context: EventContext, row: Row) => void): void;
	removeOnInsert(heard: (context: EventContext, row: Row) => void): void;
	onUpdate(heard: (context: EventContext, before: Row, row: Row) => void): void;
	removeOnUpdate(heard: (context: EventContext, before: Row, row: Row) => void): void;
	onDelete(heard: (context: EventContext, row: Row) => void): void;
	removeOnDelete(heard: (context: EventContext, row: Row) => void): void;
}

/** What is wished to be heard of a table. */
export interface RowListener<Row> {
	inserted?(row: Row, context: EventContext): void;
	updated?(row: Row, before: Row): void;
	deleted?(row: Row, context: EventContext): void;
}

/** Listens to a table behind a guard; what it returns ends that. */
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

/** Calls back for anything that happens to a table. */
export function listenToAll<Row>(
	table: TableHandle<Row>,
	guard: Guard,
	heard: (row: Row) => void,
): () => void {
	return listen(table, guard, { inserted: heard, updated: heard, deleted: heard });
}

/** Whether a row happened just now; those that come with a subscription are read from the cache. */
export function isLive(context: EventContext): boolean {
	return context.event.tag !== "SubscribeApplied";
}

/** Whether a row is gone from the database, and not only from what is held (SDK 1.3.3). */
export function isDeleted(context: EventContext): boolean {
	return (context.event as { readonly tag: string }).tag !== "UnsubscribeApplied";
}
