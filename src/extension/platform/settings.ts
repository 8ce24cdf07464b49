import { env, UIKind, workspace } from "vscode";
import type { Address, AddressProblem } from "./address";
import { readAddress } from "./address";

const SECTION = "spacetimedbChat";

/** Settings whose change means another database. */
export const ADDRESS_SETTINGS = [`${SECTION}.server`, `${SECTION}.database`] as const;

const DEFAULT_AWAY_MINUTES = 10;
const DEFAULT_HISTORY_HOURS = 24;
const MAX_HISTORY_HOURS = 24 * 365;

function read(name: string): unknown {
	return workspace.getConfiguration(SECTION).get<unknown>(name);
}

/** The configured database, or what is wrong with the settings. */
export function configuredAddress(): Address | AddressProblem {
	return readAddress(read("server"), read("database"));
}

/** The raw server setting, for an input box that edits it. */
export function configuredServer(): string {
	const value = read("server");
	return typeof value === "string" ? value : "";
}

/** The raw database setting, for an input box that edits it. */
export function configuredDatabase(): string {
	const value = read("database");
	return typeof value === "string" ? value : "";
}

export async function changeAddress(server: string, database: string): Promise<void> {
	const configuration = workspace.getConfiguration(SECTION);
	await configuration.update("server", server, true);
	await configuration.update("database", database, true);
}

/** How far back a history that goes by time is opened, in milliseconds. */
export function historyWindowMs(): number {
	const hours = read("historyHours");
	const isUsable = typeof hours === "number" && hours >= 1 && hours <= MAX_HISTORY_HOURS;
	return (isUsable ? hours : DEFAULT_HISTORY_HOURS) * 60 * 60 * 1_000;
}

/** Whether others may see that one is typing. */
export function sharesTyping(): boolean {
	return read("shareTyping") !== false;
}

/** Whether a mention or a direct message is told by a notification while the window has no focus. */
export function notifiesOfMentions(): boolean {
	return read("notifications") !== "never";
}

/** Minutes of doing nothing after which one is away; 0: never by itself. */
export function awayAfterMinutes(): number {
	const minutes = read("awayAfterMinutes");
	return typeof minutes === "number" && minutes >= 0 ? minutes : DEFAULT_AWAY_MINUTES;
}

/** Path of the `spacetime` command; empty for the one on PATH. */
export function spacetimePath(): string {
	const value = read("spacetimePath");
	return typeof value === "string" ? value.trim() : "";
}

/**
 * Whether a local server would be on the person's own machine. A browser window counts as local to the
 * machine that serves it.
 */
export function canStartServer(): boolean {
	return env.remoteName === undefined || env.uiKind === UIKind.Web;
}
