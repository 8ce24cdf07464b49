import type { ChatChange } from "../../../shared/chat";

/** `elsewhere`: it is another database, or another person. `room`: it is another room. */
export type ResetReason = "again" | "elsewhere" | "room";

/** What else is told of a change than what is another now. */
export type StoreChange =
	/** The log, its ends or what is on its way: look at `timeline` anew. */
	{ readonly type: "logChanged" } | Extract<ChatChange, { type: "peopleChanged" }>;
