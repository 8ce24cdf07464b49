import { l10n } from "vscode";
import type { TextProblem } from "../../shared/text";

/** Why a message can't be sent, as a sentence. */
export function messageProblemSentence(problem: TextProblem): string {
	switch (problem.kind) {
		case "empty":
			return l10n.t("A message needs some text.");
		case "control":
		case "invisible":
			return l10n.t("A message can't hold control characters.");
		case "tooLong":
			return l10n.t(
				"A message can have {0} characters; this one has {1}.",
				problem.max,
				problem.length,
			);
	}
}

/** Why a name can't be set, as a sentence. */
export function nameProblemSentence(problem: TextProblem): string {
	switch (problem.kind) {
		case "empty":
			return l10n.t("a name needs at least one visible character.");
		case "control":
			return l10n.t("a name is one line without control characters.");
		case "invisible":
			return l10n.t("a name can't hold invisible characters.");
		case "tooLong":
			return l10n.t(
				"a name can have {0} characters; this one has {1}.",
				problem.max,
				problem.length,
			);
	}
}
