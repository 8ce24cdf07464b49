import type { EventContext } from "../../module_bindings";

/** Whether a row happened just now; those that come with the snapshot are read from it as a whole. */
export function isLive(context: EventContext): boolean {
	return context.event.tag !== "SubscribeApplied";
}
