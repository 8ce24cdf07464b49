import { expect, test } from "vitest";
import { plain } from "../../src/extension/platform/failure";

test.each([
	["[click](command:workbench.action.quit)", "[click] (command:workbench.action.quit)"],
	["a\nb\tc", "a b c"],
	["nothing special", "nothing special"],
])("%j is said as %j, so that nothing in it becomes a link", (text, said) => {
	expect(plain(text)).toBe(said);
});
