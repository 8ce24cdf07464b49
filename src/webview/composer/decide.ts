import * as l10n from "@vscode/l10n";
import type { TextLimits } from "../../shared/chat";
import { readComposerInput, unknownCommandText } from "../../shared/composerInput";
import { MAX_REQUEST_LENGTH } from "../../shared/protocol";
import { cleanMessage, scalarLength } from "../../shared/text";
import type { Edit } from "../model/viewState";

/** The characters that the other fields of a request may take. */
const REQUEST_OVERHEAD = 256;
const MAX_RAW_LENGTH = MAX_REQUEST_LENGTH - REQUEST_OVERHEAD;

/** The effect of Enter on the text of the box. */
export type Decision =
	| { readonly kind: "nothing" | "help" | "leaveEdit" | "edit" }
	| { readonly kind: "name"; readonly name: string }
	| { readonly kind: "refuse"; readonly sentence: string }
	| { readonly kind: "message"; readonly text: string };

/** Decides the effect of Enter. */
export function decide(raw: string, edit: Edit | undefined, limits: TextLimits): Decision {
	if (raw.trim() === "") {
		return { kind: "nothing" };
	}
	if (edit !== undefined) {
		const problem = lengthProblem(raw, raw, limits.messageLength);
		return raw === edit.original ? { kind: "leaveEdit" } : (problem ?? { kind: "edit" });
	}
	const line = readComposerInput(raw);
	switch (line.kind) {
		case "help":
			return { kind: "help" };
		case "unknownCommand":
			return {
				kind: "refuse",
				sentence: unknownCommandText(l10n, line.word),
			};
		case "name":
			return raw.length > MAX_RAW_LENGTH
				? tooLong(scalarLength(line.name), limits.nameLength)
				: { kind: "name", name: line.name };
		case "message":
			return (
				lengthProblem(raw, line.text, limits.messageLength) ?? {
					kind: "message",
					text: shownText(line.text, limits.messageLength),
				}
			);
	}
}

/** Returns the cleaned text. The host refuses a text with other problems, with a sentence of its own. */
function shownText(text: string, max: number): string {
	const clean = cleanMessage(text, max);
	return clean.ok ? clean.text : text;
}

function lengthProblem(raw: string, text: string, max: number): Decision | undefined {
	const clean = cleanMessage(text, max);
	if (!clean.ok && clean.problem.kind === "tooLong") {
		return tooLong(clean.problem.length, max);
	}
	return raw.length > MAX_RAW_LENGTH
		? tooLong(scalarLength(text), Math.min(max, MAX_RAW_LENGTH))
		: undefined;
}

function tooLong(length: number, max: number): Decision {
	return {
		kind: "refuse",
		sentence: l10n.t("This text has {0} characters; {1} are allowed.", length, max),
	};
}
