import type { TextLimits } from "../../shared/chat";
import type { Person } from "../../shared/person";
import type { Draft, Edit, Reply } from "../model/viewState";

/** What the composer asks of its owner. */
export interface ComposerPort {
	/** `raw` is what was typed, `shown` what the message will read. */
	sendMessage(clientId: string, raw: string, shown: string, reply: Reply | undefined): void;
	sendName(clientId: string, raw: string): void;
	sendEdit(clientId: string, seq: number, text: string): void;
	draftChanged(draft: Draft): void;
	/** Something was typed that others may hear of. */
	typed(): void;
	/** The own message that ↑ gives another text. */
	lastOwn(): Edit | undefined;
	nameOf(identity: string): string;
	mentionable(query: string): readonly Person[];
}

/** What the composer is told of the room. */
export interface ComposerView {
	readonly limits: TextLimits;
	readonly placeholder: string;
	/** Why nothing can be written here; empty while something can. */
	readonly refusal: string;
}

/** A message that was not taken. */
export type Refused = Pick<Draft, "text" | "reply">;
