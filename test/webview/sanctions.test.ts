import { expect, test } from "vitest";
import { ownSanctionSentence } from "../../src/webview/people/sanctions";
import { ADA, NOON_MS } from "./support/facts";

test("the own sanction is shown with its end, its author and its reason", () => {
	const said = (part: Parameters<typeof ownSanctionSentence>[0]) =>
		ownSanctionSentence(part, "Ada", NOON_MS).replace(/until .*?: you/u, "until then: you");
	expect([
		said({ kind: "timeOut", untilMs: NOON_MS + 60_000, reason: "noise", by: ADA }),
		said({ kind: "ban", reason: "", by: ADA }),
	]).toEqual([
		"You are in a time-out until then: you can read, but not write. By Ada: “noise”",
		"You are banned: you can read, but not write. By Ada.",
	]);
});
