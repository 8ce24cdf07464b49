import type { EventContext } from "../../module_bindings";

/** Whether a row happened just now; those that come with a subscription are read from the cache. */
export function isLive(context: EventContext): boolean {
	return context.event.tag !== "SubscribeApplied";
}

/** Whether a row is gone from the database, and not only from what is held (SDK 1.3.3). */
export function isDeleted(context: EventContext): boolean {
	return (context.event as { readonly tag: string }).tag !== "UnsubscribeApplied";
}
