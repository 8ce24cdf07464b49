import { env } from "vscode";
import { plural } from "../../shared/plural";

/** Formats a time in milliseconds since the epoch in VS Code's display language. */
export function formatTime(atMs: number): string {
	return new Date(atMs).toLocaleString(env.language);
}

/** Formats a number in VS Code's display language. */
export function formatCount(count: number): string {
	return count.toLocaleString(env.language);
}

/** Returns the form that VS Code's display language uses for a count. */
export function pluralForm(count: number, forms: { one: string; other: string }): string {
	return plural(count, forms, env.language);
}
