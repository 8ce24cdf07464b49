import { expect, test } from "vitest";
import { reactorNames } from "../../src/webview/message/reactions";

test.each([
	[{ count: 1, isOwn: true }, [], "You"],
	[{ count: 2, isOwn: true }, ["Ada"], "You, Ada"],
	[{ count: 14, isOwn: false }, ["Ada", "Grace"], "Ada, Grace and 12 more"],
])("a reaction %j of %j is from %j", (part, names, sentence) => {
	expect(reactorNames({ emoji: "👍", who: [], ...part }, names)).toBe(sentence);
});
