import type { LogOutputChannel } from "vscode";

/** What the rest of the extension may do with the log: nothing here shows anything to anybody. */
export interface Log {
	info(message: string): void;
	warn(message: string): void;
	error(message: string, error?: unknown): void;
	/** Opens the log where a person can read it; only on their wish. */
	show(): void;
}

/** A JSON web token, or what follows "Bearer": neither may ever reach a log. */
const SECRET = /\bBearer\s+\S+|\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}/g;

/** Text without anything that looks like a token. */
export function redact(text: string): string {
	return text.replace(SECRET, "[token]");
}

/** A log on an output channel of VS Code, which adds the time and keeps levels. */
export function logOn(channel: LogOutputChannel): Log {
	return {
		info: (message) => channel.info(redact(message)),
		warn: (message) => channel.warn(redact(message)),
		error: (message, error) =>
			channel.error(redact(error === undefined ? message : `${message}: ${describe(error)}`)),
		show: () => channel.show(true),
	};
}

function describe(error: unknown): string {
	return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
