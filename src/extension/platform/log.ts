import type { LogOutputChannel } from "vscode";

/** The log as other files use it. Only `show` displays anything. */
export interface Log {
	info(message: string): void;
	warn(message: string): void;
	error(message: string, error?: unknown): void;
	/** Opens the log for a person who asked for it. */
	show(): void;
}

/** A JSON web token, or the word after "Bearer". Neither may ever reach a log. */
const SECRET = /\bBearer\s+\S+|\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}/g;

/** Replaces everything in a text that looks like a token. */
export function redact(text: string): string {
	return text.replace(SECRET, "[token]");
}

/** Creates a log on an output channel of VS Code, which adds times and keeps levels. */
export function logOn(channel: LogOutputChannel): Log {
	return {
		info: (message) => channel.info(redact(message)),
		warn: (message) => channel.warn(redact(message)),
		error: (message, error) =>
			channel.error(redact(error === undefined ? message : `${message}\n${describe(error)}`)),
		show: () => channel.show(true),
	};
}

function describe(error: unknown): string {
	return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
