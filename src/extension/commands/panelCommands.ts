/** The part of the panel that commands use. */
export interface PanelCommands {
	/** Shows the panel with the caret in the composer. */
	open(): Promise<void>;
	togglePeople(): Promise<void>;
	/** Shows the panel with the caret in the search field. */
	openSearch(): Promise<void>;
	/**
	 * Shows the panel with the first message sent at a time or later.
	 *
	 * @param sentMs milliseconds since the epoch
	 * @returns false if that part of the log could not be loaded
	 */
	revealTime(sentMs: number): Promise<boolean>;
}
