import { expect, test } from "vitest";
import { plain } from "../../src/extension/platform/failure";

test.each([
	["[click](command:workbench.action.quit)", "[click] (command:workbench.action.quit)"],
	["a\nb\tc", "a b c"],
	["nothing special", "nothing special"],
])("%j is shown as %j, so that nothing in it becomes a link", (text, shown) => {
	expect(plain(text)).toBe(shown);
});
