import type { TextLimits } from "../../shared/chat";
import type { Person } from "../../shared/person";
import type { Draft, Edit, Reply } from "../model/viewState";

/** The actions and data that the composer gets from the panel. */
export interface ComposerPort {
	/** Sends a message; `raw` is the typed text, `text` the message. */
	sendMessage(clientId: string, raw: string, text: string, reply: Reply | undefined): void;
	/** Sets the name; `raw` is the typed text. */
	sendName(clientId: string, raw: string, name: string): void;
	sendEdit(clientId: string, edit: Edit): void;
	draftChanged(draft: Draft): void;
	/** Reports a keystroke that other people may see as typing. */
	typed(): void;
	/** Returns the own message that ↑ edits. */
	lastOwn(): Edit | undefined;
	nameOf(identity: string): string;
	mentionable(query: string): readonly Person[];
}

/** The properties of the open room that the composer shows. */
export interface ComposerView {
	/** False until the panel knows its room; nothing is sent before. */
	readonly isReady: boolean;
	readonly limits: TextLimits;
	readonly placeholder: string;
	/** The reason why nothing can be written; empty if writing is possible. */
	readonly refusal: string;
}
